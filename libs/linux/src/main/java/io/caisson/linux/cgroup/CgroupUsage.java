package io.caisson.linux.cgroup;

import java.util.List;
import java.util.Map;

/** What a control group uses, the same whatever version the kernel has; what it does not tell is 0 or empty. */
public record CgroupUsage(Cpu cpu, Memory memory, Pids pids, List<Io> io) {
    /** A limit that is none. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    public CgroupUsage {
        io = List.copyOf(io);
    }

    /** Times in nanoseconds. Throttling counts periods in which the group wanted more than its quota. */
    public record Cpu(
            long total,
            long user,
            long system,
            List<Long> perCpu,
            long periods,
            long throttledPeriods,
            long throttledTime) {
        public Cpu {
            perCpu = List.copyOf(perCpu);
        }
    }

    /**
     * In bytes.
     *
     * @param details the lines of {@code memory.stat} by their names
     * @param failures how often the limit was hit
     */
    public record Memory(long usage, long peak, long limit, long failures, Map<String, Long> details) {
        public Memory {
            details = Map.copyOf(details);
        }
    }

    /** Numbers of tasks. */
    public record Pids(long current, long limit) {}

    /** Bytes and operations of a block device. */
    public record Io(long major, long minor, long readBytes, long writeBytes, long reads, long writes) {}
}
