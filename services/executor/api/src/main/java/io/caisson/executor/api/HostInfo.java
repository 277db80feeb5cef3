package io.caisson.executor.api;

import java.util.List;

/**
 * What {@code info} and {@code version} tell of a node. Memory in bytes.
 *
 * @param limits in more detail than {@code info} tells
 */
public record HostInfo(
        String hostname,
        String kernelVersion,
        String operatingSystem,
        String osVersion,
        String architecture,
        int cpus,
        long memory,
        int cgroupVersion,
        String cgroupDriver,
        String runtimeName,
        String runtimeVersion,
        List<String> securityOptions,
        boolean memoryLimit,
        boolean swapLimit,
        boolean cpuCfs,
        boolean cpuShares,
        boolean cpuSet,
        boolean pidsLimit,
        boolean oomKillDisable,
        boolean ipv4Forwarding,
        List<String> warnings,
        LimitSupport limits) {
    public HostInfo {
        securityOptions = List.copyOf(securityOptions);
        warnings = List.copyOf(warnings);
    }
}
