package io.caisson.executor.spec;

import io.caisson.executor.api.StartExec;
import io.caisson.oci.RuntimeSpec;

/** A process for a running container: as the container's own, but for what was asked for. Pure. */
public final class ExecProcess {
    private static final String UNCONFINED = "unconfined";

    private ExecProcess() {}

    /** @param own the process that the container was started with */
    public static RuntimeSpec.Process plan(StartExec exec, RuntimeSpec.Process own, RuntimeSpec.User user) {
        var streams = exec.streams();
        boolean sized = streams.terminal() && streams.rows() > 0 && streams.columns() > 0;
        boolean profiled = own.apparmorProfile() != null;
        return new RuntimeSpec.Process(
                streams.terminal(),
                sized ? new RuntimeSpec.ConsoleSize(streams.rows(), streams.columns()) : null,
                user,
                exec.args(),
                exec.env(),
                exec.cwd(),
                exec.privileged() ? HostCapabilities.all(own.capabilities()) : own.capabilities(),
                own.rlimits(),
                own.noNewPrivileges(),
                exec.privileged() && profiled ? UNCONFINED : own.apparmorProfile(),
                own.selinuxLabel(),
                own.oomScoreAdj());
    }
}
