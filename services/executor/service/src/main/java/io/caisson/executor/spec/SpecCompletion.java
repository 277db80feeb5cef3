package io.caisson.executor.spec;

import io.caisson.executor.api.StartTask;
import io.caisson.oci.Mount;
import io.caisson.oci.RuntimeSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds to a planned runtime spec what only the host knows. Pure.
 *
 * @param user ids from the container's own files
 * @param rootfs where the monitor mounted the root file system
 * @param network the namespace to join; empty for the host's
 * @param generated mounts of generated files
 * @param init the first process of those containers that want it
 */
public record SpecCompletion(
        RuntimeSpec.User user, Path rootfs, Optional<Path> network, List<Mount> generated, InitProgram init) {
    private static final String NETWORK = "network";

    public SpecCompletion {
        generated = List.copyOf(generated);
    }

    public RuntimeSpec apply(StartTask task) {
        RuntimeSpec spec = task.spec();
        var root = new RuntimeSpec.Root(rootfs.toString(), spec.root().readonly());
        return new RuntimeSpec(
                spec.ociVersion(),
                process(spec.process(), task),
                root,
                hostname(task),
                spec.domainname(),
                mounts(task),
                linux(spec.linux()),
                spec.annotations());
    }

    private RuntimeSpec.Process process(RuntimeSpec.Process process, StartTask task) {
        var streams = task.streams();
        boolean sized = streams.terminal() && streams.rows() > 0 && streams.columns() > 0;
        return new RuntimeSpec.Process(
                streams.terminal(),
                sized ? new RuntimeSpec.ConsoleSize(streams.rows(), streams.columns()) : process.consoleSize(),
                user,
                init.wanted(task.init()) ? InitProgram.before(process.args()) : process.args(),
                process.env(),
                process.cwd(),
                process.capabilities() == null ? null : HostCapabilities.limit(process.capabilities()),
                process.rlimits(),
                process.noNewPrivileges(),
                process.apparmorProfile(),
                process.selinuxLabel(),
                process.oomScoreAdj());
    }

    /** The runtime refuses a name where the container has no UTS namespace of its own. */
    private static @org.jspecify.annotations.Nullable String hostname(StartTask task) {
        boolean ownUts = task.spec().linux().namespaces().stream()
                .anyMatch(namespace -> namespace.type().equals("uts") && namespace.path() == null);
        if (!ownUts) {
            return null;
        }
        String planned = task.spec().hostname();
        return planned == null ? task.files().hostname() : planned;
    }

    private List<Mount> mounts(StartTask task) {
        var mounts = new ArrayList<>(task.spec().mounts());
        mounts.addAll(generated);
        if (init.wanted(task.init())) {
            mounts.add(init.mount());
        }
        return mounts;
    }

    private RuntimeSpec.Linux linux(RuntimeSpec.Linux linux) {
        var namespaces = new ArrayList<>(linux.namespaces());
        namespaces.removeIf(namespace -> namespace.type().equals(NETWORK));
        network.ifPresent(path -> namespaces.add(new RuntimeSpec.Namespace(NETWORK, path.toString())));
        return new RuntimeSpec.Linux(
                namespaces,
                linux.devices(),
                linux.cgroupsPath(),
                linux.resources(),
                linux.rootfsPropagation(),
                linux.seccomp(),
                linux.maskedPaths(),
                linux.readonlyPaths(),
                linux.sysctl(),
                linux.mountLabel());
    }
}
