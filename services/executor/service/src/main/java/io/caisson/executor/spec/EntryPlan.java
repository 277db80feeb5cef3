package io.caisson.executor.spec;

import io.caisson.oci.RuntimeSpec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the monitor needs to put a process into a running container without the runtime: its option {@code --enter}. Pure.
 * Empty for what only a runtime can do.
 */
public final class EntryPlan {
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

    private static final Set<String> FOREIGN_NAMESPACES = Set.of("user", "time");
    private static final String HOME = "HOME";

    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private boolean possible = true;

    private EntryPlan() {}

    /**
     * @param linux of the container
     * @param home of the process's user
     * @param filter where the container's system call filter is kept; null for a container without one
     */
    public static Optional<byte[]> of(
            RuntimeSpec.Linux linux, RuntimeSpec.Process process, String home, @Nullable Path filter) {
        RuntimeSpec.Capabilities capabilities = process.capabilities();
        boolean labelled = process.apparmorProfile() != null || process.selinuxLabel() != null;
        boolean foreign = linux.namespaces().stream().anyMatch(space -> FOREIGN_NAMESPACES.contains(space.type()));
        if (capabilities == null || labelled || foreign || process.args().isEmpty()) {
            return Optional.empty();
        }
        var plan = new EntryPlan();
        process.args().forEach(word -> plan.add("arg", word));
        plan.environment(process.env(), home);
        plan.identity(process.user());
        plan.capabilities(capabilities);
        plan.rest(process);
        if (filter != null) {
            plan.add("seccomp", filter);
        }
        return plan.possible ? Optional.of(plan.entries.toByteArray()) : Optional.empty();
    }

    private void add(String key, Object value) {
        String text = value.toString();
        possible &= text.indexOf('\0') < 0;
        entries.writeBytes((key + "=" + text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    /** The last value of a name, where the first one stood. */
    private void environment(List<String> env, String home) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : env) {
            int end = pair.indexOf('=');
            possible &= end > 0;
            if (end > 0) {
                values.put(pair.substring(0, end), pair.substring(end + 1));
            }
        }
        if (values.getOrDefault(HOME, "").isEmpty()) {
            values.put(HOME, home);
        }
        values.forEach((name, value) -> add("env", name + "=" + value));
    }

    private void identity(RuntimeSpec.User user) {
        add("uid", user.uid());
        add("gid", user.gid());
        if (user.additionalGids() != null) {
            user.additionalGids().forEach(group -> add("group", group));
        }
        if (user.umask() != null) {
            add("umask", user.umask());
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
        add(name, Long.toHexString(HostCapabilities.bits(capabilities == null ? List.of() : capabilities)));
    }

    private void rest(RuntimeSpec.Process process) {
        add("cwd", process.cwd());
        if (process.noNewPrivileges()) {
            add("no-new-privileges", 1);
        }
        if (process.oomScoreAdj() != null) {
            add("oom-score", process.oomScoreAdj());
        }
        if (process.rlimits() != null) {
            process.rlimits().forEach(this::limit);
        }
        RuntimeSpec.ConsoleSize size = process.consoleSize();
        if (size != null) {
            add("rows", size.height());
            add("columns", size.width());
        }
    }

    private void limit(RuntimeSpec.Rlimit limit) {
        int number = LIMITS.indexOf(limit.type().replaceFirst("^RLIMIT_", ""));
        possible &= number >= 0;
        add("limit", number + " " + Long.toUnsignedString(limit.soft()) + " " + Long.toUnsignedString(limit.hard()));
    }
}
