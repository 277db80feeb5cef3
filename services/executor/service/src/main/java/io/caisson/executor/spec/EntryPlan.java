package io.caisson.executor.spec;

import io.caisson.oci.RuntimeSpec;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the monitor needs to put a process into a running container without the runtime: its option {@code --enter}. Pure.
 * Empty for what only a runtime can do.
 */
public final class EntryPlan {
    private static final Set<String> FOREIGN_NAMESPACES = Set.of("user", "time");

    private EntryPlan() {}

    /**
     * @param linux of the container
     * @param home of the process's user
     * @param filter where the container's system call filter is kept; null for a container without one
     */
    public static Optional<byte[]> of(
            RuntimeSpec.Linux linux, RuntimeSpec.Process process, String home, @Nullable Path filter) {
        var plan = new PlanEntries();
        plan.require(linux.namespaces().stream().noneMatch(space -> FOREIGN_NAMESPACES.contains(space.type())));
        ProcessEntries.add(plan, process, home, filter);
        return plan.whenPossible();
    }
}
