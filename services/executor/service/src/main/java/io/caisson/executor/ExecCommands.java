package io.caisson.executor;

import io.caisson.executor.api.ExecRef;
import io.caisson.executor.api.ExecStatus;
import io.caisson.executor.api.ProbeResult;
import io.caisson.executor.api.ResizeExec;
import io.caisson.executor.api.RunProbe;
import io.caisson.executor.api.StartExec;
import io.caisson.executor.api.StartedExec;
import io.caisson.kernel.Done;
import io.caisson.kernel.Offload;
import io.smallrye.mutiny.Uni;

/** The executor's commands about processes that are added to containers. */
abstract class ExecCommands extends FileCommands {
    private static final int PROBES_AT_ONCE = 32;

    /** They take their time: nothing else waits behind them. */
    private final Offload probes = new Offload("probe", PROBES_AT_ONCE);

    abstract Host host();

    /** Goes on to its end when the caller goes away, as a start of a container does. */
    @Override
    public Uni<StartedExec> startExec(StartExec command) {
        return Uni.createFrom().emitter(emitter -> host().offload()
                .call(() -> new ExecStartSequence(host(), command).run())
                .subscribe()
                .with(emitter::complete, emitter::fail));
    }

    @Override
    public Uni<Done> resizeExec(ResizeExec command) {
        var size = new Task.TerminalSize(command.rows(), command.columns());
        return host().offload()
                .run(() ->
                        host().execs().of(command.container(), command.exec()).resize(size));
    }

    @Override
    public Uni<ExecStatus> execStatus(ExecRef query) {
        return host().offload().call(() -> host().execs().status(query.exec()));
    }

    @Override
    public Uni<Done> forgetExec(ExecRef command) {
        return host().offload().run(() -> host().execs().forget(command.exec()));
    }

    @Override
    public Uni<ProbeResult> probe(RunProbe command) {
        return probes.call(() -> new ProbeSequence(host(), command).run());
    }

    void closeProbes() {
        probes.close();
    }
}
