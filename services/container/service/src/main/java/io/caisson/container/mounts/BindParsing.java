package io.caisson.container.mounts;

import io.caisson.container.model.PlannedMount;
import io.caisson.kernel.Fault;
import java.util.List;
import java.util.Set;

/** The classic form: {@code source:destination[:mode]}, or a destination alone for an anonymous volume. */
final class BindParsing {
    static final Set<String> PROPAGATIONS = Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");
    private static final Set<String> OTHER_MODES = Set.of("z", "Z", "consistent", "cached", "delegated");

    private BindParsing() {}

    static PlannedMount parse(String text, String driver) {
        String where = "invalid volume specification: '" + text + "'";
        String[] parts = text.split(":", -1);
        if (parts.length > 3 || parts[0].isEmpty()) {
            throw Fault.invalid(where);
        }
        if (parts.length == 1) {
            String destination = MountPaths.destination(parts[0], where);
            return new PlannedMount.Volume("", true, driver, "", destination, false, "", true, null);
        }
        String mode = parts.length == 3 ? parts[2] : "";
        List<String> modes = mode.isEmpty() ? List.of() : List.of(mode.split(",", -1));
        boolean path = parts[0].startsWith("/");
        String destination = MountPaths.destination(
                parts[1], where + ": invalid mount config for type \"" + (path ? "bind" : "volume") + "\"");
        return path ? bind(parts[0], destination, mode, modes) : volume(parts[0], destination, mode, modes, driver);
    }

    private static PlannedMount bind(String source, String destination, String mode, List<String> modes) {
        for (String word : modes) {
            if (!isAccess(word) && !OTHER_MODES.contains(word) && !PROPAGATIONS.contains(word)) {
                throw Fault.invalid("invalid mode: " + mode);
            }
        }
        String propagation =
                modes.stream().filter(PROPAGATIONS::contains).findFirst().orElse("rprivate");
        return new PlannedMount.Bind(
                MountPaths.source(source), destination, modes.contains("ro"), mode, propagation, true, true);
    }

    private static PlannedMount volume(
            String name, String destination, String mode, List<String> modes, String driver) {
        for (String word : modes) {
            if (!isAccess(word) && !OTHER_MODES.contains(word) && !word.equals("nocopy")) {
                throw Fault.invalid("invalid mode: " + mode);
            }
        }
        return new PlannedMount.Volume(
                MountPaths.volumeName(name),
                false,
                driver,
                "",
                destination,
                modes.contains("ro"),
                mode.isEmpty() ? "z" : mode,
                !modes.contains("nocopy"),
                null);
    }

    private static boolean isAccess(String word) {
        return word.equals("ro") || word.equals("rw");
    }
}
