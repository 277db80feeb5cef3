package io.caisson.executor.host;

import io.caisson.executor.api.LimitSupport;
import io.caisson.linux.cgroup.CgroupLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Which limits this host's control groups know, by the files they have. */
final class LimitSurvey {
    private final CgroupLayout layout;

    private LimitSurvey(CgroupLayout layout) {
        this.layout = layout;
    }

    static LimitSupport of(CgroupLayout layout) throws IOException {
        Path unified = layout.unified();
        return layout.kind() == CgroupLayout.Kind.V2 && unified != null
                ? second(unified)
                : new LimitSurvey(layout).first();
    }

    /** In the second version controllers are there or not. */
    private static LimitSupport second(Path root) throws IOException {
        Set<String> controllers = Set.of(text(root, "cgroup.controllers").split("\\s+"));
        boolean memory = controllers.contains("memory");
        boolean cpu = controllers.contains("cpu");
        boolean io = controllers.contains("io");
        boolean sets = controllers.contains("cpuset");
        return new LimitSupport(
                memory,
                memory,
                memory,
                false,
                false,
                controllers.contains("pids"),
                cpu,
                cpu,
                false,
                sets ? text(root, "cpuset.cpus.effective") : "",
                sets ? text(root, "cpuset.mems.effective") : "",
                io,
                io,
                io);
    }

    private LimitSupport first() throws IOException {
        return new LimitSupport(
                has("memory", "memory.limit_in_bytes"),
                has("memory", "memory.memsw.limit_in_bytes"),
                has("memory", "memory.soft_limit_in_bytes"),
                has("memory", "memory.swappiness"),
                has("memory", "memory.oom_control"),
                layout.controllers().containsKey("pids"),
                has("cpu", "cpu.shares"),
                has("cpu", "cpu.cfs_quota_us"),
                has("cpu", "cpu.rt_period_us"),
                set("cpuset.cpus"),
                set("cpuset.mems"),
                has("blkio", "blkio.weight") || has("blkio", "blkio.bfq.weight"),
                has("blkio", "blkio.weight_device") || has("blkio", "blkio.bfq.weight_device"),
                has("blkio", "blkio.throttle.read_bps_device"));
    }

    private boolean has(String controller, String file) {
        Path mount = layout.controllers().get(controller);
        return mount != null && Files.exists(mount.resolve(file));
    }

    private String set(String file) throws IOException {
        Path mount = layout.controllers().get("cpuset");
        return mount == null ? "" : text(mount, file);
    }

    private static String text(Path folder, String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path) ? Files.readString(path).strip() : "";
    }
}
