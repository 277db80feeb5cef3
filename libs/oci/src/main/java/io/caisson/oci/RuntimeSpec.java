package io.caisson.oci;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An OCI runtime configuration, {@code config.json} (runtime-spec config.md and config-linux.md). The component names are
 * the JSON names; null components are left out.
 */
public record RuntimeSpec(
        String ociVersion,
        Process process,
        Root root,
        @Nullable String hostname,
        @Nullable String domainname,
        List<Mount> mounts,
        Linux linux,
        @Nullable Map<String, String> annotations) {
    public RuntimeSpec {
        mounts = List.copyOf(mounts);
    }

    public record Process(
            boolean terminal,
            @Nullable ConsoleSize consoleSize,
            User user,
            List<String> args,
            List<String> env,
            String cwd,
            @Nullable Capabilities capabilities,
            @Nullable List<Rlimit> rlimits,
            boolean noNewPrivileges,
            @Nullable String apparmorProfile,
            @Nullable String selinuxLabel,
            @Nullable Integer oomScoreAdj) {}

    public record ConsoleSize(int height, int width) {}

    public record User(
            long uid,
            long gid,
            @Nullable Integer umask,
            @Nullable List<Long> additionalGids) {}

    public record Capabilities(
            List<String> bounding,
            List<String> effective,
            List<String> permitted,
            @Nullable List<String> inheritable,
            @Nullable List<String> ambient) {}

    public record Rlimit(String type, long hard, long soft) {}

    /** @param path absolute, or relative to the bundle */
    public record Root(String path, boolean readonly) {}

    public record Linux(
            List<Namespace> namespaces,
            @Nullable List<Device> devices,
            @Nullable String cgroupsPath,
            @Nullable Resources resources,
            @Nullable String rootfsPropagation,
            @Nullable Seccomp seccomp,
            @Nullable List<String> maskedPaths,
            @Nullable List<String> readonlyPaths,
            @Nullable Map<String, String> sysctl,
            @Nullable String mountLabel) {}

    /** @param path an existing namespace to join; null for a new one */
    public record Namespace(String type, @Nullable String path) {}

    public record Device(
            String type,
            String path,
            @Nullable Long major,
            @Nullable Long minor,
            @Nullable Integer fileMode,
            @Nullable Long uid,
            @Nullable Long gid) {}

    public record Resources(
            @Nullable List<DeviceRule> devices,
            @Nullable Memory memory,
            @Nullable Cpu cpu,
            @Nullable Pids pids,
            @Nullable BlockIo blockIO,
            @Nullable Map<String, String> unified) {}

    public record DeviceRule(
            boolean allow,
            @Nullable String type,
            @Nullable Long major,
            @Nullable Long minor,
            @Nullable String access) {}

    /** Bytes; -1 for unlimited. */
    public record Memory(
            @Nullable Long limit,
            @Nullable Long reservation,
            @Nullable Long swap,
            @Nullable Long kernel,
            @Nullable Long swappiness,
            @Nullable Boolean disableOOMKiller) {}

    public record Cpu(
            @Nullable Long shares,
            @Nullable Long quota,
            @Nullable Long period,
            @Nullable Long realtimeRuntime,
            @Nullable Long realtimePeriod,
            @Nullable String cpus,
            @Nullable String mems) {}

    public record Pids(long limit) {}

    public record BlockIo(
            @Nullable Integer weight,
            @Nullable List<Throttle> throttleReadBpsDevice,
            @Nullable List<Throttle> throttleWriteBpsDevice,
            @Nullable List<Throttle> throttleReadIOPSDevice,
            @Nullable List<Throttle> throttleWriteIOPSDevice,
            @Nullable List<WeightDevice> weightDevice) {}

    public record WeightDevice(long major, long minor, int weight) {}

    public record Throttle(long major, long minor, long rate) {}

    public record Seccomp(
            String defaultAction,
            @Nullable Integer defaultErrnoRet,
            @Nullable List<String> architectures,
            @Nullable List<String> flags,
            @Nullable List<Syscall> syscalls) {}

    public record Syscall(
            List<String> names,
            String action,
            @Nullable Integer errnoRet,
            @Nullable List<Arg> args) {}

    public record Arg(int index, long value, @Nullable Long valueTwo, String op) {}
}
