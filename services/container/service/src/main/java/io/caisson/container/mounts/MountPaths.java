package io.caisson.container.mounts;

import io.caisson.kernel.Fault;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What paths and volume names in mounts must look like. */
final class MountPaths {
    private static final Pattern VOLUME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");

    private MountPaths() {}

    /** A clean destination; {@code where} starts the fault's text. */
    static String destination(String path, String where) {
        if (!path.startsWith("/")) {
            throw Fault.invalid(where + ": invalid mount path: '" + path + "' mount path must be absolute");
        }
        String clean = Path.of(path).normalize().toString();
        if (clean.equals("/")) {
            throw Fault.invalid(where + ": invalid specification: destination can't be '/'");
        }
        return clean;
    }

    static String source(String path) {
        return Path.of(path).normalize().toString();
    }

    static String volumeName(String name) {
        if (!VOLUME.matcher(name).matches()) {
            throw Fault.invalid("create " + name + ": \"" + name
                    + "\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are"
                    + " allowed. If you intended to pass a host directory, use absolute path");
        }
        return name;
    }
}
