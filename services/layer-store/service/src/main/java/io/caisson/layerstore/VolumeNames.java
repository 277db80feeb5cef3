package io.caisson.layerstore;

import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.CreateVolume;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a volume may be called and made of; Docker's texts where it may not. Pure. */
final class VolumeNames {
    static final String ANONYMOUS_LABEL = "com.docker.volume.anonymous";
    static final String LOCAL = "local";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
    private static final int LIMIT = 255;
    private static final Set<String> OPTIONS = Set.of("type", "o", "device", "size");

    private VolumeNames() {}

    static void check(CreateVolume command) {
        if (!command.driver().isEmpty() && !command.driver().equals(LOCAL)) {
            throw Fault.notFound("create " + command.name() + ": error looking up volume plugin " + command.driver()
                    + ": plugin \"" + command.driver() + "\" not found");
        }
        if (!command.name().isEmpty()) {
            check(command.name());
        }
        checkOptions(command.name(), command.options());
    }

    private static void checkOptions(String name, Map<String, String> options) {
        if (options.isEmpty()) {
            return;
        }
        String where = "create " + name + ": ";
        for (String option : options.keySet()) {
            if (!OPTIONS.contains(option)) {
                throw Fault.invalid(where + "invalid option: \"" + option + "\"");
            }
        }
        if (options.containsKey("size")) {
            throw Fault.invalid(where + "quota size requested but no quota support");
        }
        for (String needed : List.of("device", "type")) {
            if (options.getOrDefault(needed, "").isEmpty()) {
                throw Fault.invalid(where + "missing required option: \"" + needed + "\"");
            }
        }
        String type = options.get("type");
        List<String> words = List.of(options.getOrDefault("o", "").split(","));
        if (!"tmpfs".equals(type) && !words.contains("bind") && !words.contains("rbind")) {
            throw Fault.unsupported(where + "mounting a volume of type " + type + " is not implemented");
        }
    }

    private static void check(String name) {
        if (name.length() == 1) {
            throw Fault.invalid("create " + name
                    + ": volume name is too short, names should be at least two alphanumeric characters");
        }
        if (!NAME.matcher(name).matches() || name.length() > LIMIT) {
            throw Fault.invalid("create " + name + ": \"" + name
                    + "\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are"
                    + " allowed. If you intended to pass a host directory, use absolute path");
        }
    }

    static Map<String, String> labels(CreateVolume command) {
        var labels = new TreeMap<>(command.labels());
        if (command.name().isEmpty()) {
            labels.put(ANONYMOUS_LABEL, "");
        }
        return labels;
    }
}
