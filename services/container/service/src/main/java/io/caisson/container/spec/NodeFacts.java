package io.caisson.container.spec;

import io.caisson.executor.api.HostInfo;
import io.caisson.executor.api.LimitSupport;

/**
 * What of a node matters to its containers.
 *
 * @param architecture in Go's words
 */
public record NodeFacts(
        String hostname,
        String architecture,
        int cpus,
        int cgroupVersion,
        boolean recursiveReadOnly,
        boolean apparmor,
        LimitSupport limits) {
    private static final int RRO_MAJOR = 5;
    private static final int RRO_MINOR = 12;

    public static NodeFacts of(HostInfo info) {
        return new NodeFacts(
                info.hostname(),
                architecture(info.architecture()),
                info.cpus(),
                info.cgroupVersion(),
                atLeast(info.kernelVersion()),
                info.securityOptions().stream().anyMatch(option -> option.contains("apparmor")),
                info.limits());
    }

    private static String architecture(String name) {
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }

    /** mount_setattr, and with it read-only trees, came with Linux 5.12. */
    private static boolean atLeast(String kernelVersion) {
        String[] parts = kernelVersion.split("[^0-9]+", 3);
        try {
            int major = Integer.parseInt(parts[0]);
            int minor = parts.length < 2 ? 0 : Integer.parseInt(parts[1]);
            return major > RRO_MAJOR || (major == RRO_MAJOR && minor >= RRO_MINOR);
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
