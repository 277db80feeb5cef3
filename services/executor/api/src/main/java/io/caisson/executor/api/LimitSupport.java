package io.caisson.executor.api;

/**
 * Which limits the control groups of a node know.
 *
 * @param cpus processors that containers may be bound to, such as {@code 0-3}; empty when none may
 * @param mems memory nodes, likewise
 */
public record LimitSupport(
        boolean memory,
        boolean swap,
        boolean reservation,
        boolean swappiness,
        boolean oomKillDisable,
        boolean pids,
        boolean cpuShares,
        boolean cpuCfs,
        boolean cpuRealtime,
        String cpus,
        String mems,
        boolean blkioWeight,
        boolean blkioWeightDevice,
        boolean blkioThrottle) {
    /** A node that can do everything. */
    public static LimitSupport all(String cpus, String mems) {
        return new LimitSupport(true, true, true, true, true, true, true, true, true, cpus, mems, true, true, true);
    }

    public boolean cpuSet() {
        return !cpus.isEmpty();
    }
}
