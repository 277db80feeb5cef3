package io.caisson.executor.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a running task uses, at one moment.
 *
 * @param cgroupVersion 1 or 2: names in {@code memory.details} are the kernel's and differ
 * @param interfaces of the task's own network; empty where it uses the host's
 */
public record TaskUsage(
        Instant at, int cgroupVersion, Cpu cpu, Memory memory, Pids pids, List<Io> io, List<Traffic> interfaces) {
    /** A limit that is none. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    public TaskUsage {
        io = List.copyOf(io);
        interfaces = List.copyOf(interfaces);
    }

    /**
     * Times in nanoseconds.
     *
     * @param perCpu empty with version 2
     * @param host what all processors of the node together have spent, idle or not
     * @param online processors of the node
     */
    public record Cpu(
            long total,
            long user,
            long system,
            List<Long> perCpu,
            long host,
            int online,
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
     * @param limit the node's memory where there is none
     * @param failures how often the limit was hit; with version 2, ended in out of memory
     */
    public record Memory(long usage, long peak, long limit, long failures, Map<String, Long> details) {
        public Memory {
            details = Map.copyOf(details);
        }
    }

    public record Pids(long current, long limit) {}

    /** Bytes and operations of a block device. */
    public record Io(long major, long minor, long readBytes, long writeBytes, long reads, long writes) {}

    /** What has gone through an interface, as the container sees it. */
    public record Traffic(String name, Flow received, Flow sent) {}

    public record Flow(long bytes, long packets, long errors, long dropped) {}
}
