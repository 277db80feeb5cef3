package io.caisson.executor;

import io.caisson.kernel.Fault;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OCI runtimes by the names that clients use.
 *
 * @param standard the program for those who name none
 */
record Runtimes(String standard, Map<String, String> named) {
    Runtimes {
        named = Map.copyOf(named);
    }

    /** {@code runc} and Docker's other names for it are always known; INVALID for any other that is not. */
    String program(@Nullable String name) {
        if (name == null || name.isEmpty() || name.equals("io.containerd.runc.v2") || name.equals(standard)) {
            return standard;
        }
        String program = named.get(name);
        if (program == null) {
            throw Fault.invalid("unknown or invalid runtime name: " + name);
        }
        return program;
    }
}
