package io.caisson.executor.groups;

import io.caisson.linux.cgroup.CgroupLayout;
import io.caisson.oci.RuntimeSpec.BlockIo;
import io.caisson.oci.RuntimeSpec.Cpu;
import io.caisson.oci.RuntimeSpec.Memory;
import io.caisson.oci.RuntimeSpec.Pids;
import io.caisson.oci.RuntimeSpec.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The limits of one group, in the files of version 1 (kernel documentation, cgroup-v1). A value that is not set stays. Blocks. */
record Limits(CgroupLayout layout, String group) {
    private static final String MEMORY = "memory.limit_in_bytes";
    private static final String SWAP = "memory.memsw.limit_in_bytes";
    private static final List<String> WEIGHTS = List.of("blkio.weight", "blkio.bfq.weight");

    /** Whether all of it can be set as a runtime would; what the host has no controller for is the runtime's to judge. */
    static boolean canHold(CgroupLayout layout, Resources wanted) {
        return (wanted.memory() == null || (has(layout, "memory") && isPlain(wanted.memory())))
                && (wanted.cpu() == null || (has(layout, "cpu") && has(layout, "cpuset") && isPlain(wanted.cpu())))
                && (wanted.pids() == null || has(layout, "pids"))
                && (wanted.blockIO() == null || isEmpty(wanted.blockIO()))
                && (wanted.unified() == null || wanted.unified().isEmpty());
    }

    private static boolean has(CgroupLayout layout, String controller) {
        return layout.controllers().containsKey(controller);
    }

    private static boolean isPlain(Memory memory) {
        return isNone(memory.kernel());
    }

    private static boolean isPlain(Cpu cpu) {
        return isNone(cpu.realtimePeriod()) && isNone(cpu.realtimeRuntime());
    }

    private static boolean isEmpty(BlockIo io) {
        return (io.weight() == null || io.weight() == 0)
                && isEmpty(io.weightDevice())
                && isEmpty(io.throttleReadBpsDevice())
                && isEmpty(io.throttleWriteBpsDevice())
                && isEmpty(io.throttleReadIOPSDevice())
                && isEmpty(io.throttleWriteIOPSDevice());
    }

    private static boolean isNone(@Nullable Long value) {
        return value == null || value == 0;
    }

    private static boolean isEmpty(@Nullable List<?> list) {
        return list == null || list.isEmpty();
    }

    void write(Resources wanted) throws IOException {
        if (wanted.cpu() != null) {
            cpuSet(wanted.cpu());
        }
        if (wanted.memory() != null) {
            memory(wanted.memory());
        }
        if (wanted.cpu() != null) {
            cpu(wanted.cpu());
        }
        if (wanted.pids() != null) {
            pids(wanted.pids());
        }
        Integer weight = wanted.blockIO() == null ? null : wanted.blockIO().weight();
        if (weight != null && weight != 0) {
            weight(weight);
        }
    }

    private GroupFile file(String controller, String name) throws IOException {
        Path folder = layout.folder(controller, group)
                .orElseThrow(() -> new IOException("the host has no control group controller " + controller));
        return new GroupFile(folder, name);
    }

    private void set(String controller, String name, @Nullable Object value) throws IOException {
        if (value != null && !value.equals(0L) && !value.equals("")) {
            file(controller, name).write(value);
        }
    }

    private void cpuSet(Cpu cpu) throws IOException {
        set("cpuset", "cpuset.cpus", cpu.cpus());
        set("cpuset", "cpuset.mems", cpu.mems());
    }

    private void memory(Memory memory) throws IOException {
        Long limit = memory.limit();
        Long swap = limit != null
                        && limit == -1
                        && memory.swap() == null
                        && file("memory", SWAP).exists()
                ? Long.valueOf(-1)
                : memory.swap();
        sizes(limit, swap);
        set("memory", "memory.soft_limit_in_bytes", memory.reservation());
        if (Boolean.TRUE.equals(memory.disableOOMKiller())) {
            set("memory", "memory.oom_control", "1");
        }
        if (memory.swappiness() != null) {
            file("memory", "memory.swappiness").write(memory.swappiness());
        }
    }

    /** Memory alone can never be more than memory with swap, not even for a moment. */
    private void sizes(@Nullable Long limit, @Nullable Long swap) throws IOException {
        boolean grows = !isNone(limit) && swap != null && swap != 0 && isAbove(swap);
        if (grows) {
            set("memory", SWAP, swap);
        }
        set("memory", MEMORY, limit);
        if (!grows) {
            set("memory", SWAP, swap);
        }
    }

    private boolean isAbove(long swap) throws IOException {
        return swap == -1 || Long.parseLong(file("memory", SWAP).read()) < swap;
    }

    /** The period first: the quota may be too small for the old one. */
    private void cpu(Cpu cpu) throws IOException {
        set("cpu", "cpu.shares", cpu.shares());
        Optional<Map.Entry<String, Long>> late = Optional.empty();
        if (cpu.period() != null && cpu.period() != 0) {
            try {
                set("cpu", "cpu.cfs_period_us", cpu.period());
            } catch (IOException e) {
                if (cpu.quota() == null || cpu.quota() == 0) {
                    throw e;
                }
                late = Optional.of(Map.entry("cpu.cfs_period_us", cpu.period()));
            }
        }
        set("cpu", "cpu.cfs_quota_us", cpu.quota());
        if (late.isPresent()) {
            set("cpu", late.get().getKey(), late.get().getValue());
        }
    }

    private void pids(Pids pids) throws IOException {
        if (pids.limit() != 0) {
            file("pids", "pids.max").write(pids.limit() > 0 ? pids.limit() : "max");
        }
    }

    private void weight(int weight) throws IOException {
        for (String name : WEIGHTS) {
            GroupFile file = file("blkio", name);
            if (file.exists()) {
                file.write(weight);
                return;
            }
        }
        throw new IOException("blkio.weight is not supported by this host's kernel");
    }
}
