package io.caisson.executor.spec;

import io.caisson.oci.RuntimeSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a plan is about the process: both of one that enters and of a container's first one. */
final class ProcessEntries {
    /** In the order of their numbers (asm-generic/resource.h). */
    private static final List<String> LIMITS = List.of(
            "CPU",
            "FSIZE",
            "DATA",
            "STACK",
            "CORE",
            "RSS",
            "NPROC",
            "NOFILE",
            "MEMLOCK",
            "AS",
            "LOCKS",
            "SIGPENDING",
            "MSGQUEUE",
            "NICE",
            "RTPRIO",
            "RTTIME");

    private static final String HOME = "HOME";

    private final PlanEntries plan;

    private ProcessEntries(PlanEntries plan) {
        this.plan = plan;
    }

    /**
     * @param home of the process's user
     * @param filter where the container's system call filter is kept; null for a container without one
     */
    static void add(PlanEntries plan, RuntimeSpec.Process process, String home, @Nullable Path filter) {
        var entries = new ProcessEntries(plan);
        RuntimeSpec.Capabilities capabilities = process.capabilities();
        boolean labelled = process.apparmorProfile() != null || process.selinuxLabel() != null;
        plan.require(capabilities != null && !labelled && !process.args().isEmpty());
        process.args().forEach(word -> plan.add("arg", word));
        entries.environment(process.env(), home);
        entries.identity(process.user());
        if (capabilities != null) {
            entries.capabilities(capabilities);
        }
        entries.rest(process);
        if (filter != null) {
            plan.add("seccomp", filter);
        }
    }

    /** The last value of a name, where the first one stood. */
    private void environment(List<String> env, String home) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : env) {
            int end = pair.indexOf('=');
            plan.require(end > 0);
            if (end > 0) {
                values.put(pair.substring(0, end), pair.substring(end + 1));
            }
        }
        if (values.getOrDefault(HOME, "").isEmpty()) {
            values.put(HOME, home);
        }
        values.forEach((name, value) -> plan.add("env", name + "=" + value));
    }

    private void identity(RuntimeSpec.User user) {
        plan.add("uid", user.uid());
        plan.add("gid", user.gid());
        if (user.additionalGids() != null) {
            user.additionalGids().forEach(group -> plan.add("group", group));
        }
        if (user.umask() != null) {
            plan.add("umask", user.umask());
        }
    }

    private void capabilities(RuntimeSpec.Capabilities capabilities) {
        set("bounding", capabilities.bounding());
        set("effective", capabilities.effective());
        set("permitted", capabilities.permitted());
        set("inheritable", capabilities.inheritable());
        set("ambient", capabilities.ambient());
    }

    private void set(String name, @Nullable List<String> capabilities) {
        plan.add(name, Long.toHexString(HostCapabilities.bits(capabilities == null ? List.of() : capabilities)));
    }

    private void rest(RuntimeSpec.Process process) {
        plan.add("cwd", process.cwd());
        if (process.noNewPrivileges()) {
            plan.add("no-new-privileges", 1);
        }
        if (process.oomScoreAdj() != null) {
            plan.add("oom-score", process.oomScoreAdj());
        }
        if (process.rlimits() != null) {
            process.rlimits().forEach(this::limit);
        }
        RuntimeSpec.ConsoleSize size = process.consoleSize();
        if (size != null) {
            plan.add("rows", size.height());
            plan.add("columns", size.width());
        }
    }

    private void limit(RuntimeSpec.Rlimit limit) {
        int number = LIMITS.indexOf(limit.type().replaceFirst("^RLIMIT_", ""));
        plan.require(number >= 0);
        plan.add(
                "limit",
                number + " " + Long.toUnsignedString(limit.soft()) + " " + Long.toUnsignedString(limit.hard()));
    }
}
