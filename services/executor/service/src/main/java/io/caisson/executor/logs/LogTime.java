package io.caisson.executor.logs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** RFC 3339 times in UTC, as logs have them, from bytes. Keeps the last day it met: a log has few of them. */
final class LogTime {
    private static final long NANOS = 1_000_000_000;
    private static final int SECONDS_END = 19;
    private static final int DIGITS = 9;
    private static final DateTimeFormatter FIXED = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static volatile Day lastDay = new Day(1970, 1, 1, 0);

    private LogTime() {}

    private record Day(int year, int month, int day, long epochDay) {}

    static @Nullable Long nanos(byte[] bytes, int from, int to) {
        if (to - from <= SECONDS_END || bytes[to - 1] != 'Z') {
            return null;
        }
        long day = epochDay(number(bytes, from, 4), number(bytes, from + 5, 2), number(bytes, from + 8, 2));
        long seconds = day * 86_400
                + number(bytes, from + 11, 2) * 3600L
                + number(bytes, from + 14, 2) * 60L
                + number(bytes, from + 17, 2);
        return seconds * NANOS + fraction(bytes, from + SECONDS_END, to - 1);
    }

    private static long epochDay(int year, int month, int day) {
        Day known = lastDay;
        if (known.year != year || known.month != month || known.day != day) {
            known = new Day(
                    year,
                    month,
                    day,
                    LocalDate.of(year, Math.clamp(month, 1, 12), Math.clamp(day, 1, 28))
                            .plusDays(day - Math.clamp(day, 1, 28))
                            .toEpochDay());
            lastDay = known;
        }
        return known.epochDay;
    }

    private static int number(byte[] bytes, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + (bytes[i] - '0');
        }
        return number;
    }

    /** @param from at the point, if there is one */
    private static long fraction(byte[] bytes, int from, int to) {
        long nanos = 0;
        for (int i = 1; i <= DIGITS; i++) {
            nanos = nanos * 10 + (from + i < to ? bytes[from + i] - '0' : 0);
        }
        return nanos;
    }

    /** The same from a number. */
    static int writeFixed(@Nullable Long time, byte[] target, int at) {
        long nanos = time == null ? 0 : time;
        var instant = Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
        byte[] text = FIXED.format(instant).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, target, at, text.length);
        return text.length;
    }

    /** Writes the time with nine digits behind the point, as Docker shows it; how many bytes that were. */
    static int writeFixed(byte[] bytes, int from, int to, byte[] target, int at) {
        System.arraycopy(bytes, from, target, at, SECONDS_END);
        int out = at + SECONDS_END;
        target[out++] = '.';
        for (int i = 1; i <= DIGITS; i++) {
            int digit = from + SECONDS_END + i;
            target[out++] = digit < to - 1 ? bytes[digit] : (byte) '0';
        }
        target[out++] = 'Z';
        return out - at;
    }
}
