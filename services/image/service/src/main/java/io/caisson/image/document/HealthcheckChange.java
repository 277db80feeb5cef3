package io.caisson.image.document;

import io.caisson.kernel.Fault;
import io.caisson.oci.ImageConfig.Healthcheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code HEALTHCHECK NONE}, or {@code HEALTHCHECK [--interval=30s …] CMD …}. */
final class HealthcheckChange {
    private static final Set<String> OPTIONS =
            Set.of("interval", "timeout", "start-period", "start-interval", "retries");

    private HealthcheckChange() {}

    static Healthcheck parse(String text) {
        Map<String, String> options = new HashMap<>();
        String rest = text;
        while (rest.startsWith("--")) {
            String[] parts = rest.split("\\s+", 2);
            String[] option = parts[0].substring(2).split("=", 2);
            if (option.length < 2 || !OPTIONS.contains(option[0])) {
                throw Fault.invalid("unknown flag: " + option[0]);
            }
            options.put(option[0], option[1]);
            rest = parts.length == 1 ? "" : parts[1];
        }
        String retries = options.get("retries");
        return new Healthcheck(
                test(rest),
                GoDuration.nanosOrNull(options.get("interval")),
                GoDuration.nanosOrNull(options.get("timeout")),
                GoDuration.nanosOrNull(options.get("start-period")),
                GoDuration.nanosOrNull(options.get("start-interval")),
                retries == null ? null : count(retries));
    }

    private static int count(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,6}")) {
            throw Fault.invalid("--retries must be at least 1 (not " + text + ")");
        }
        return Integer.parseInt(text);
    }

    private static List<String> test(String text) {
        String[] parts = text.split("\\s+", 2);
        String rest = parts.length == 1 ? "" : parts[1].strip();
        return switch (parts[0].toUpperCase(Locale.ROOT)) {
            case "NONE" -> List.of("NONE");
            case "CMD" -> command(rest);
            case String type -> throw Fault.invalid("Unknown type \"" + type + "\" in HEALTHCHECK (try CMD)");
        };
    }

    private static List<String> command(String rest) {
        if (rest.isEmpty()) {
            throw Fault.invalid("Missing command after HEALTHCHECK CMD");
        }
        if (!rest.startsWith("[")) {
            return List.of("CMD-SHELL", rest);
        }
        List<String> test = new ArrayList<>(List.of("CMD"));
        test.addAll(ConfigChanges.command(rest));
        return test;
    }
}
