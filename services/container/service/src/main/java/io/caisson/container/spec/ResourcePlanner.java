package io.caisson.container.spec;

import io.caisson.container.api.HostConfig;
import io.caisson.container.api.HostConfig.ThrottleDevice;
import io.caisson.container.model.Absent;
import io.caisson.kernel.Fault;
import io.caisson.oci.RuntimeSpec.BlockIo;
import io.caisson.oci.RuntimeSpec.Cpu;
import io.caisson.oci.RuntimeSpec.Memory;
import io.caisson.oci.RuntimeSpec.Pids;
import io.caisson.oci.RuntimeSpec.Resources;
import io.caisson.oci.RuntimeSpec.Throttle;
import io.caisson.oci.RuntimeSpec.WeightDevice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Limits, in the runtime's words; zero means none. */
public final class ResourcePlanner {
    private static final long PERIOD = 100_000;
    private static final long BILLION = 1_000_000_000;

    private ResourcePlanner() {}

    /** Limits to begin with: swap without bound is how a group begins, and a node may have no file to say so in. */
    static Resources plan(SpecInput input) {
        HostConfig host = input.definition().hostConfig();
        return new Resources(
                DevicePlanner.rules(host, input.devices()),
                memory(host, Math.max(0, host.memorySwap())),
                cpu(host),
                host.pidsLimit() == null || host.pidsLimit() <= 0 ? null : new Pids(host.pidsLimit()),
                blockIo(host, input.devicePaths()),
                null);
    }

    /** Limits to change on a container that runs; what is not asked for is null. */
    public static Resources changes(HostConfig host) {
        Long pids = host.pidsLimit();
        return new Resources(
                null,
                memory(host, host.memorySwap()),
                cpu(host),
                pids == null || pids == 0 ? null : new Pids(Math.max(-1, pids)),
                blockIo(host, Map.of()),
                null);
    }

    private static @Nullable Memory memory(HostConfig host, long swap) {
        Long swappiness = host.memorySwappiness();
        var memory = new Memory(
                unlessZero(host.memory()),
                unlessZero(host.memoryReservation()),
                unlessZero(swap),
                null,
                swappiness == null || swappiness < 0 ? null : swappiness,
                Boolean.TRUE.equals(host.oomKillDisable()) ? true : null);
        return memory.equals(new Memory(null, null, null, null, null, null)) ? null : memory;
    }

    private static @Nullable Cpu cpu(HostConfig host) {
        boolean nano = host.nanoCpus() > 0;
        var cpu = new Cpu(
                unlessZero(host.cpuShares()),
                nano ? Long.valueOf(host.nanoCpus() * PERIOD / BILLION) : unlessZero(host.cpuQuota()),
                nano ? Long.valueOf(PERIOD) : unlessZero(host.cpuPeriod()),
                unlessZero(host.cpuRealtimeRuntime()),
                unlessZero(host.cpuRealtimePeriod()),
                unlessEmpty(host.cpusetCpus()),
                unlessEmpty(host.cpusetMems()));
        return cpu.equals(new Cpu(null, null, null, null, null, null, null)) ? null : cpu;
    }

    private static @Nullable BlockIo blockIo(HostConfig host, Map<String, DeviceNode> devices) {
        var io = new BlockIo(
                host.blkioWeight() == 0 ? null : host.blkioWeight(),
                throttles(host.blkioDeviceReadBps(), devices),
                throttles(host.blkioDeviceWriteBps(), devices),
                throttles(host.blkioDeviceReadIOps(), devices),
                throttles(host.blkioDeviceWriteIOps(), devices),
                weights(host.blkioWeightDevice(), devices));
        return io.equals(new BlockIo(null, null, null, null, null, null)) ? null : io;
    }

    private static @Nullable List<Throttle> throttles(
            @Nullable List<ThrottleDevice> limits, Map<String, DeviceNode> devices) {
        List<Throttle> throttles = Absent.list(limits).stream()
                .map(limit -> throttle(limit, devices))
                .toList();
        return throttles.isEmpty() ? null : throttles;
    }

    private static @Nullable List<WeightDevice> weights(
            @Nullable List<HostConfig.WeightDevice> limits, Map<String, DeviceNode> devices) {
        List<WeightDevice> weights = Absent.list(limits).stream()
                .map(limit -> weight(limit, devices))
                .toList();
        return weights.isEmpty() ? null : weights;
    }

    private static WeightDevice weight(HostConfig.WeightDevice limit, Map<String, DeviceNode> devices) {
        DeviceNode device = device(limit.path(), devices);
        return new WeightDevice(device.major(), device.minor(), limit.weight());
    }

    private static DeviceNode device(@Nullable String path, Map<String, DeviceNode> devices) {
        DeviceNode device = devices.get(Absent.text(path));
        if (device == null) {
            throw Fault.internal("stat " + path + ": no such file or directory", null);
        }
        return device;
    }

    private static Throttle throttle(ThrottleDevice limit, Map<String, DeviceNode> devices) {
        DeviceNode device = device(limit.path(), devices);
        return new Throttle(device.major(), device.minor(), limit.rate());
    }

    private static @Nullable Long unlessZero(long value) {
        return value == 0 ? null : value;
    }

    private static @Nullable String unlessEmpty(@Nullable String text) {
        return Absent.text(text).isEmpty() ? null : text;
    }
}
