package io.caisson.executor.host;

import io.caisson.executor.api.TaskUsage;
import io.caisson.executor.api.TaskUsage.Traffic;
import io.caisson.linux.cgroup.CgroupLayout;
import io.caisson.linux.cgroup.CgroupUsage;
import io.caisson.linux.cgroup.Cgroups;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Reads what tasks use: control groups, processors, interfaces. Blocks briefly. */
public final class UsageMeter {
    private final Cgroups cgroups;
    private final long hostMemory;

    private UsageMeter(Cgroups cgroups, long hostMemory) {
        this.cgroups = cgroups;
        this.hostMemory = hostMemory;
    }

    public static UsageMeter open() throws IOException {
        return new UsageMeter(Cgroups.detect(), HostFacts.memory());
    }

    /** @param wanted by name, which of the interfaces that the process sees are the task's */
    public TaskUsage read(String group, int pid, Predicate<String> wanted) throws IOException {
        List<Traffic> interfaces = InterfaceTable.read(pid, wanted);
        return mapped(cgroups.usage(group), HostClock.read(), interfaces, version(), hostMemory);
    }

    private int version() {
        return cgroups.layout().kind() == CgroupLayout.Kind.V2 ? 2 : 1;
    }

    static TaskUsage mapped(
            CgroupUsage usage, HostClock clock, List<Traffic> interfaces, int version, long hostMemory) {
        return new TaskUsage(
                Instant.now(),
                version,
                cpu(usage.cpu(), clock),
                memory(usage.memory(), version, hostMemory),
                new TaskUsage.Pids(usage.pids().current(), usage.pids().limit()),
                usage.io().stream().map(UsageMeter::io).toList(),
                interfaces);
    }

    private static TaskUsage.Cpu cpu(CgroupUsage.Cpu cpu, HostClock clock) {
        return new TaskUsage.Cpu(
                cpu.total(),
                cpu.user(),
                cpu.system(),
                cpu.perCpu(),
                clock.spent(),
                clock.online(),
                cpu.periods(),
                cpu.throttledPeriods(),
                cpu.throttledTime());
    }

    private static TaskUsage.Memory memory(CgroupUsage.Memory memory, int version, long hostMemory) {
        boolean first = version == 1;
        return new TaskUsage.Memory(
                memory.usage(),
                first ? memory.peak() : 0,
                Math.min(memory.limit(), hostMemory),
                memory.failures(),
                memory.details());
    }

    private static TaskUsage.Io io(CgroupUsage.Io io) {
        return new TaskUsage.Io(io.major(), io.minor(), io.readBytes(), io.writeBytes(), io.reads(), io.writes());
    }
}
