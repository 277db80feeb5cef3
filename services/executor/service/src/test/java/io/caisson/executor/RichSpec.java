package io.caisson.executor;

import io.caisson.oci.Mount;
import io.caisson.oci.RuntimeSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Specifications that ask for much. */
final class RichSpec {
    private RichSpec() {}

    static RuntimeSpec of(RuntimeSpec plain, Path given) {
        var mounts = new ArrayList<>(plain.mounts());
        mounts.add(new Mount("cgroup", "cgroup", "/sys/fs/cgroup", List.of("ro", "nosuid", "noexec", "nodev")));
        mounts.add(new Mount("mqueue", "mqueue", "/dev/mqueue", List.of("nosuid", "noexec", "nodev")));
        mounts.add(new Mount("tmpfs", "shm", "/dev/shm", List.of("nosuid", "mode=1777", "size=1048576")));
        mounts.add(new Mount("tmpfs", "tmpfs", "/memory", List.of("ro", "noexec", "size=4k")));
        mounts.add(new Mount("bind", given.toString(), "/made/folder", List.of("rbind", "rro", "rprivate")));
        mounts.add(new Mount("bind", given.resolve("file").toString(), "/file", List.of("rbind", "ro", "rprivate")));
        return with(plain, plain.process(), false, mounts, linux(plain.linux()));
    }

    private static RuntimeSpec with(
            RuntimeSpec plain,
            RuntimeSpec.Process process,
            boolean readonly,
            List<Mount> mounts,
            RuntimeSpec.Linux linux) {
        return new RuntimeSpec(
                plain.ociVersion(),
                process,
                new RuntimeSpec.Root(plain.root().path(), readonly),
                "rich",
                null,
                mounts,
                linux,
                null);
    }

    private static RuntimeSpec.Linux linux(RuntimeSpec.Linux plain) {
        var chmod = new RuntimeSpec.Syscall(List.of("chmod", "fchmodat", "fchmodat2"), "SCMP_ACT_ERRNO", 1, null);
        var filter = new RuntimeSpec.Seccomp("SCMP_ACT_ALLOW", null, List.of("SCMP_ARCH_X86_64"), null, List.of(chmod));
        return new RuntimeSpec.Linux(
                plain.namespaces(),
                List.of(new RuntimeSpec.Device("c", "/dev/deep/mine", 1L, 3L, 0600, 5L, 6L)),
                plain.cgroupsPath(),
                new RuntimeSpec.Resources(
                        List.of(
                                new RuntimeSpec.DeviceRule(false, null, null, null, "rwm"),
                                new RuntimeSpec.DeviceRule(true, "c", 10L, 229L, "r")),
                        new RuntimeSpec.Memory(64L << 20, null, 96L << 20, null, null, null),
                        new RuntimeSpec.Cpu(512L, 50_000L, 100_000L, null, null, null, null),
                        new RuntimeSpec.Pids(50),
                        null,
                        null),
                plain.rootfsPropagation(),
                filter,
                List.of("/proc/keys2", "/proc/acpi", "/proc/timer_list", "/sys/firmware"),
                List.of("/proc/sys", "/proc/bus", "/nowhere"),
                Map.of("kernel.shmmax", "12345678", "kernel.domainname", "domain"),
                null);
    }

    static RuntimeSpec restricted(RuntimeSpec spec) {
        RuntimeSpec.Process process = spec.process();
        return with(
                spec,
                new RuntimeSpec.Process(
                        process.terminal(),
                        null,
                        process.user(),
                        process.args(),
                        List.of("PATH=/bin", "A=1", "A=2"),
                        "/made/of/much",
                        process.capabilities(),
                        List.of(new RuntimeSpec.Rlimit("RLIMIT_NOFILE", 200, 100)),
                        false,
                        null,
                        null,
                        300),
                false,
                spec.mounts(),
                spec.linux());
    }

    static RuntimeSpec withHostsProcesses(RuntimeSpec spec) {
        RuntimeSpec.Linux linux = spec.linux();
        return with(
                spec,
                spec.process(),
                false,
                spec.mounts(),
                new RuntimeSpec.Linux(
                        linux.namespaces().stream()
                                .filter(space -> !space.type().equals("pid"))
                                .toList(),
                        linux.devices(),
                        linux.cgroupsPath(),
                        linux.resources(),
                        linux.rootfsPropagation(),
                        linux.seccomp(),
                        linux.maskedPaths(),
                        linux.readonlyPaths(),
                        linux.sysctl(),
                        null));
    }

    static RuntimeSpec.Resources memory(long bytes) {
        return new RuntimeSpec.Resources(
                null, new RuntimeSpec.Memory(bytes, null, 2 * bytes, null, null, null), null, null, null, null);
    }
}
