package io.caisson.container.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a container's configuration that concerns its host: Docker's {@code HostConfig}, field for field. Null is
 * Docker's zero value or default.
 */
public record HostConfig(
        @Nullable List<String> binds,
        @Nullable String containerIDFile,
        @Nullable LogConfig logConfig,
        @Nullable String networkMode,
        @Nullable Map<String, List<PortBinding>> portBindings,
        @Nullable RestartPolicy restartPolicy,
        boolean autoRemove,
        @Nullable String volumeDriver,
        @Nullable List<String> volumesFrom,
        @Nullable List<MountSpec> mounts,
        @Nullable List<Integer> consoleSize,
        @Nullable Map<String, String> annotations,
        @Nullable List<String> capAdd,
        @Nullable List<String> capDrop,
        @Nullable String cgroupnsMode,
        @Nullable List<String> dns,
        @Nullable List<String> dnsOptions,
        @Nullable List<String> dnsSearch,
        @Nullable List<String> extraHosts,
        @Nullable List<String> groupAdd,
        @Nullable String ipcMode,
        @Nullable String cgroup,
        @Nullable List<String> links,
        int oomScoreAdj,
        @Nullable String pidMode,
        boolean privileged,
        boolean publishAllPorts,
        boolean readonlyRootfs,
        @Nullable List<String> securityOpt,
        @Nullable Map<String, String> storageOpt,
        @Nullable Map<String, String> tmpfs,
        @Nullable String utsMode,
        @Nullable String usernsMode,
        @Nullable Long shmSize,
        @Nullable Map<String, String> sysctls,
        @Nullable String runtime,
        @Nullable String isolation,
        long cpuShares,
        long memory,
        long nanoCpus,
        @Nullable String cgroupParent,
        int blkioWeight,
        @Nullable List<WeightDevice> blkioWeightDevice,
        @Nullable List<ThrottleDevice> blkioDeviceReadBps,
        @Nullable List<ThrottleDevice> blkioDeviceWriteBps,
        @Nullable List<ThrottleDevice> blkioDeviceReadIOps,
        @Nullable List<ThrottleDevice> blkioDeviceWriteIOps,
        long cpuPeriod,
        long cpuQuota,
        long cpuRealtimePeriod,
        long cpuRealtimeRuntime,
        @Nullable String cpusetCpus,
        @Nullable String cpusetMems,
        @Nullable List<DeviceMapping> devices,
        @Nullable List<String> deviceCgroupRules,
        @Nullable List<DeviceRequest> deviceRequests,
        long memoryReservation,
        long memorySwap,
        @Nullable Long memorySwappiness,
        @Nullable Boolean oomKillDisable,
        @Nullable Long pidsLimit,
        @Nullable List<Ulimit> ulimits,
        @Nullable Boolean init,
        @Nullable List<String> maskedPaths,
        @Nullable List<String> readonlyPaths) {

    public record LogConfig(@Nullable String type, @Nullable Map<String, String> config) {}

    public record PortBinding(
            @Nullable String hostIp, @Nullable String hostPort) {}

    /** @param name {@code no}, {@code always}, {@code unless-stopped}, {@code on-failure}, or empty */
    public record RestartPolicy(@Nullable String name, int maximumRetryCount) {}

    public record WeightDevice(@Nullable String path, int weight) {}

    public record ThrottleDevice(@Nullable String path, long rate) {}

    public record DeviceMapping(
            @Nullable String pathOnHost,
            @Nullable String pathInContainer,
            @Nullable String cgroupPermissions) {}

    public record DeviceRequest(
            @Nullable String driver,
            int count,
            @Nullable List<String> deviceIDs,
            @Nullable List<List<String>> capabilities,
            @Nullable Map<String, String> options) {}

    public record Ulimit(@Nullable String name, long soft, long hard) {}

    /** A mount of the {@code --mount} form; {@code type} is bind, volume or tmpfs. */
    public record MountSpec(
            @Nullable String type,
            @Nullable String source,
            @Nullable String target,
            boolean readOnly,
            @Nullable String consistency,
            @Nullable BindOptions bindOptions,
            @Nullable VolumeOptions volumeOptions,
            @Nullable TmpfsOptions tmpfsOptions) {}

    public record BindOptions(
            @Nullable String propagation,
            boolean nonRecursive,
            boolean createMountpoint,
            boolean readOnlyNonRecursive,
            boolean readOnlyForceRecursive) {}

    public record VolumeOptions(
            boolean noCopy,
            @Nullable Map<String, String> labels,
            @Nullable DriverConfig driverConfig,
            @Nullable String subpath) {}

    public record DriverConfig(
            @Nullable String name, @Nullable Map<String, String> options) {}

    public record TmpfsOptions(
            long sizeBytes, int mode, @Nullable List<List<String>> options) {}
}
