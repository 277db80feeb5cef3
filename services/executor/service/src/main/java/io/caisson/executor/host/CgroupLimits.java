package io.caisson.executor.host;

import io.caisson.linux.cgroup.CgroupLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What this host's control groups can limit. */
record CgroupLimits(
        int version,
        boolean memory,
        boolean swap,
        boolean cfs,
        boolean shares,
        boolean cpuSet,
        boolean pids,
        boolean oomKillDisable) {
    static CgroupLimits of(CgroupLayout layout) throws IOException {
        Path unified = layout.unified();
        if (layout.kind() == CgroupLayout.Kind.V2 && unified != null) {
            return ofSecond(Set.of(Files.readString(unified.resolve("cgroup.controllers"))
                    .strip()
                    .split("\\s+")));
        }
        return new CgroupLimits(
                1,
                has(layout, "memory", "memory.limit_in_bytes"),
                has(layout, "memory", "memory.memsw.limit_in_bytes"),
                has(layout, "cpu", "cpu.cfs_quota_us"),
                has(layout, "cpu", "cpu.shares"),
                has(layout, "cpuset", "cpuset.cpus"),
                layout.controllers().containsKey("pids"),
                has(layout, "memory", "memory.oom_control"));
    }

    private static CgroupLimits ofSecond(Set<String> controllers) {
        boolean cpu = controllers.contains("cpu");
        boolean memory = controllers.contains("memory");
        return new CgroupLimits(
                2, memory, memory, cpu, cpu, controllers.contains("cpuset"), controllers.contains("pids"), false);
    }

    private static boolean has(CgroupLayout layout, String controller, String file) {
        Path mount = layout.controllers().get(controller);
        return mount != null && Files.exists(mount.resolve(file));
    }

    /** In Docker's words. */
    List<String> warnings() {
        var warnings = new ArrayList<String>();
        warn(warnings, memory, "memory limit");
        warn(warnings, swap, "swap limit");
        warn(warnings, cfs, "cpu cfs quota");
        warn(warnings, shares, "cpu shares");
        warn(warnings, cpuSet, "cpuset");
        return warnings;
    }

    private static void warn(List<String> warnings, boolean supported, String what) {
        if (!supported) {
            warnings.add("WARNING: No " + what + " support");
        }
    }
}
