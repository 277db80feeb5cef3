package io.caisson.engine.api;

import io.caisson.kernel.Fault;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Query parameters as Docker reads them. */
public final class Parameters {
    private static final Pattern UNIX = Pattern.compile("-?\\d{1,18}(\\.\\d{0,9})?");
    private static final Pattern GO_DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)");
    private static final long SECOND = 1_000_000_000L;

    private Parameters() {}

    /** False for nothing, {@code 0}, {@code no}, {@code false} and {@code none}; anything else is true. */
    public static boolean flag(@Nullable String text) {
        String value = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        return switch (value) {
            case "", "0", "no", "false", "none" -> false;
            default -> true;
        };
    }

    /**
     * Nanoseconds since 1970 of {@code 1700000000[.123456789]}, an RFC 3339 time, or how long ago as a Go duration ({@code
     * 10m}). Null for nothing and for {@code 0}.
     */
    public static @Nullable Long time(@Nullable String text, Instant now) {
        if (text == null || text.isBlank() || text.equals("0")) {
            return null;
        }
        if (UNIX.matcher(text).matches()) {
            String padded = text.endsWith(".") ? text + "0" : text;
            return new BigDecimal(padded).movePointRight(9).longValueExact();
        }
        Long ago = goDuration(text);
        return ago == null ? nanos(dateTime(text)) : Long.valueOf(nanos(now) - ago);
    }

    private static @Nullable Long goDuration(String text) {
        Matcher matcher = GO_DURATION.matcher(text);
        BigDecimal sum = BigDecimal.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            sum = sum.add(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit(matcher.group(2)))));
            end = matcher.end();
        }
        return end > 0 && end == text.length() ? sum.longValue() : null;
    }

    private static long unit(String name) {
        return switch (name) {
            case "ns" -> 1;
            case "us", "µs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> SECOND;
            case "m" -> 60 * SECOND;
            default -> Duration.ofHours(1).toNanos();
        };
    }

    private static Instant dateTime(String text) {
        try {
            String full = text.length() == 10 ? text + "T00:00:00" : text;
            boolean zoned = full.endsWith("Z") || full.lastIndexOf('+') > 10 || full.lastIndexOf('-') > 10;
            return zoned
                    ? OffsetDateTime.parse(full).toInstant()
                    : LocalDateTime.parse(full).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new Fault(Fault.Kind.INVALID, "failed to parse value as time or duration: \"" + text + "\"", e);
        }
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * SECOND + time.getNano();
    }

    /** An integer, or INVALID with the text of Go's parser. */
    public static int integer(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new Fault(Fault.Kind.INVALID, "strconv.Atoi: parsing \"" + text + "\": invalid syntax", e);
        }
    }
}
