package io.caisson.container.config;

import io.caisson.container.api.HostConfig;
import io.caisson.container.model.Absent;
import io.caisson.kernel.Fault;

/** Limits that contradict each other or what the kernel can do; Docker's words. */
public final class ResourceRules {
    private static final long LEAST_MEMORY = 6 * 1024 * 1024;
    private static final long BILLION = 1_000_000_000;
    private static final long PERIOD_MIN = 1_000;
    private static final long PERIOD_MAX = 1_000_000;

    private ResourceRules() {}

    static void check(HostConfig host) {
        if (host.memory() == 0 && host.memorySwap() > 0) {
            throw Fault.invalid("You should always set the Memory limit when using Memoryswap limit, see usage");
        }
        checkChanges(host);
    }

    /** What holds for single changes, too. */
    static void checkChanges(HostConfig host) {
        checkMemory(host);
        checkCpu(host);
        for (var limit : Absent.list(host.ulimits())) {
            if (limit.hard() >= 0 && limit.soft() > limit.hard()) {
                throw Fault.invalid("ulimit soft limit must be less than or equal to hard limit: " + limit.soft()
                        + " > " + limit.hard());
            }
        }
    }

    private static void checkMemory(HostConfig host) {
        long memory = host.memory();
        long swap = host.memorySwap();
        if (memory < 0 || (memory > 0 && memory < LEAST_MEMORY)) {
            throw Fault.invalid("Minimum memory limit allowed is 6MB");
        }
        if (memory > 0 && swap > 0 && swap < memory) {
            throw Fault.invalid("Minimum memoryswap limit should be larger than memory limit, see usage");
        }
        Long swappiness = host.memorySwappiness();
        if (swappiness != null && (swappiness < -1 || swappiness > 100)) {
            throw Fault.invalid("Invalid value: " + swappiness + ", valid memory swappiness range is 0-100");
        }
        long reservation = host.memoryReservation();
        if (reservation > 0 && reservation < LEAST_MEMORY) {
            throw Fault.invalid("Minimum memory reservation allowed is 6MB");
        }
        if (memory > 0 && reservation > 0 && memory < reservation) {
            throw Fault.invalid("Minimum memory limit can not be less than memory reservation limit, see usage");
        }
    }

    private static void checkCpu(HostConfig host) {
        if (host.nanoCpus() > 0 && host.cpuPeriod() > 0) {
            throw Fault.invalid("Conflicting options: Nano CPUs and CPU Period cannot both be set");
        }
        if (host.nanoCpus() > 0 && host.cpuQuota() > 0) {
            throw Fault.invalid("Conflicting options: Nano CPUs and CPU Quota cannot both be set");
        }
        if (host.cpuPeriod() != 0 && (host.cpuPeriod() < PERIOD_MIN || host.cpuPeriod() > PERIOD_MAX)) {
            throw Fault.invalid("CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
        }
        if (host.cpuQuota() > 0 && host.cpuQuota() < PERIOD_MIN) {
            throw Fault.invalid("CPU cfs quota can not be less than 1ms (i.e. 1000)");
        }
    }

    /**
     * What is left when the node's limits are known.
     *
     * @param cpus of the node
     */
    public static void checkOn(HostConfig host, int cpus) {
        checkBlockIo(host);
        long nano = host.nanoCpus();
        if (nano < 0 || nano > cpus * BILLION) {
            throw Fault.invalid(
                    "Range of CPUs is from 0.01 to " + cpus + ".00, as there are only " + cpus + " CPUs available");
        }
    }

    private static void checkBlockIo(HostConfig host) {
        int weight = host.blkioWeight();
        if (weight != 0 && (weight < 10 || weight > 1000)) {
            throw Fault.invalid("Range of blkio weight is from 10 to 1000");
        }
    }
}
