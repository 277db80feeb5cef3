package io.caisson.container.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.bus.wire.WireJson;
import io.caisson.container.api.HostConfig;
import io.caisson.container.model.Absent;
import io.caisson.executor.api.LimitSupport;
import io.caisson.kernel.Fault;
import java.util.ArrayList;
import java.util.List;

/** Leaves out limits that a node does not know, and says so in Docker's words. Pure. */
public final class HostLimits {
    private static final String DISCARDED = " or the cgroup is not mounted. ";

    private final HostConfig asked;
    private final ObjectNode host;
    private final List<String> warnings = new ArrayList<>();

    private HostLimits(HostConfig asked) {
        this.asked = asked;
        this.host = WireJson.mapper().valueToTree(asked);
    }

    /** What a node can do of what was asked for. */
    public record Kept(HostConfig host, List<String> warnings) {
        public Kept {
            warnings = List.copyOf(warnings);
        }
    }

    public static Kept keep(HostConfig asked, LimitSupport node) {
        var limits = new HostLimits(asked);
        limits.memory(node);
        limits.oom(node);
        limits.processes(node);
        limits.cpu(node);
        limits.blockIo(node);
        try {
            return new Kept(WireJson.mapper().treeToValue(limits.host, HostConfig.class), limits.warnings);
        } catch (JsonProcessingException e) {
            throw Fault.internal("a host configuration does not survive its own JSON", e);
        }
    }

    private void unsupported(boolean asks, String what, String outcome, String... fields) {
        if (asks) {
            warnings.add("Your kernel does not support " + what + DISCARDED + outcome);
            for (String field : fields) {
                host.remove(field);
            }
        }
    }

    private void memory(LimitSupport node) {
        boolean limited = asked.memory() > 0;
        unsupported(limited && !node.memory(), "memory limit capabilities", "Limitation discarded.", "memory");
        if (limited && !node.memory()) {
            host.put("memorySwap", -1);
        }
        if (limited && node.memory() && !node.swap() && asked.memorySwap() != -1) {
            unsupported(true, "swap limit capabilities", "Memory limited without swap.");
            host.put("memorySwap", -1);
        }
        Long swappiness = asked.memorySwappiness();
        if (swappiness != null && swappiness == -1) {
            host.remove("memorySwappiness");
        } else {
            unsupported(
                    swappiness != null && !node.swappiness(),
                    "memory swappiness capabilities",
                    "Memory swappiness discarded.",
                    "memorySwappiness");
        }
        unsupported(
                asked.memoryReservation() > 0 && !node.reservation(),
                "memory soft limit capabilities",
                "Limitation discarded.",
                "memoryReservation");
    }

    private void oom(LimitSupport node) {
        boolean disabled = Boolean.TRUE.equals(asked.oomKillDisable());
        if (!node.oomKillDisable()) {
            host.remove("oomKillDisable");
            if (disabled) {
                warnings.add("Your kernel does not support OomKillDisable. OomKillDisable discarded.");
            }
        } else if (disabled && asked.memory() == 0) {
            warnings.add("OOM killer is disabled for the container, but no memory limit is set, this can result in the"
                    + " system running out of resources.");
        }
    }

    private void processes(LimitSupport node) {
        Long limit = asked.pidsLimit();
        unsupported(
                limit != null && limit > 0 && !node.pids(),
                "PIDs limit capabilities",
                "PIDs limit discarded.",
                "pidsLimit");
    }

    private void cpu(LimitSupport node) {
        if (asked.nanoCpus() > 0 && !node.cpuCfs()) {
            throw Fault.invalid(
                    "NanoCPUs can not be set, as your kernel does not support CPU CFS scheduler or the cgroup"
                            + " is not mounted");
        }
        if ((asked.cpuRealtimePeriod() != 0 || asked.cpuRealtimeRuntime() != 0) && !node.cpuRealtime()) {
            throw Fault.invalid("Your kernel does not support CPU real-time scheduler");
        }
        unsupported(asked.cpuShares() > 0 && !node.cpuShares(), "CPU shares", "Shares discarded.", "cpuShares");
        unsupported(
                (asked.cpuPeriod() != 0 || asked.cpuQuota() != 0) && !node.cpuCfs(),
                "CPU CFS scheduler",
                "CPU period/quota discarded.",
                "cpuPeriod",
                "cpuQuota");
        String cpus = Absent.text(asked.cpusetCpus());
        String mems = Absent.text(asked.cpusetMems());
        boolean bound = !cpus.isEmpty() || !mems.isEmpty();
        unsupported(bound && !node.cpuSet(), "cpuset", "Cpuset discarded.", "cpusetCpus", "cpusetMems");
        if (bound && node.cpuSet()) {
            CpuSets.require("cpuset cpus", "CPUs", cpus, node.cpus());
            CpuSets.require("cpuset mems", "memory nodes", mems, node.mems());
        }
    }

    private void blockIo(LimitSupport node) {
        unsupported(
                asked.blkioWeight() > 0 && !node.blkioWeight(), "Block I/O weight", "Weight discarded.", "blkioWeight");
        unsupported(
                !Absent.list(asked.blkioWeightDevice()).isEmpty() && !node.blkioWeightDevice(),
                "Block I/O weight_device",
                "Weight-device discarded.",
                "blkioWeightDevice");
        if (!node.blkioThrottle()) {
            throttle(asked.blkioDeviceReadBps(), "BPS Block I/O read", "Block I/O BPS read", "blkioDeviceReadBps");
            throttle(asked.blkioDeviceWriteBps(), "BPS Block I/O write", "Block I/O BPS write", "blkioDeviceWriteBps");
            throttle(asked.blkioDeviceReadIOps(), "IOPS Block read", "Block I/O IOPS read", "blkioDeviceReadIOps");
            throttle(asked.blkioDeviceWriteIOps(), "IOPS Block write", "Block I/O IOPS write", "blkioDeviceWriteIOps");
        }
    }

    private void throttle(
            @org.jspecify.annotations.Nullable List<?> limits, String what, String outcome, String field) {
        unsupported(!Absent.list(limits).isEmpty(), what + " limit", outcome + " limit discarded.", field);
    }
}
