package io.caisson.engine.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/** Times as Go writes them: RFC 3339 with up to nine decimals and no trailing zeros. */
public final class GoTime {
    /** What clients read as "never". */
    public static final String ZERO = "0001-01-01T00:00:00Z";

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendLiteral('Z')
            .toFormatter(java.util.Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private GoTime() {}

    public static String of(@Nullable Instant time) {
        return time == null ? ZERO : FORMAT.format(time);
    }
}
