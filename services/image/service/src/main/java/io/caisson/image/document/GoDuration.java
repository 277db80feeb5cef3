package io.caisson.image.document;

import io.caisson.kernel.Fault;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as Go writes them: {@code 1h30m}, {@code 1.5s}. */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h)");

    private GoDuration() {}

    /** Nanoseconds; empty when it is no duration. */
    public static Optional<Long> nanos(String text) {
        Matcher part = PART.matcher(text);
        double sum = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            sum += Double.parseDouble(part.group(1)) * unit(part.group(2));
            end = part.end();
        }
        return end == text.length() && end > 0 ? Optional.of((long) sum) : Optional.empty();
    }

    /** INVALID when there is a text that is no duration. */
    static @Nullable Long nanosOrNull(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return nanos(text).orElseThrow(() -> Fault.invalid("time: invalid duration \"" + text + "\""));
    }

    private static double unit(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case String _ -> 3600e9;
        };
    }
}
