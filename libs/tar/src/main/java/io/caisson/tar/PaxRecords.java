package io.caisson.tar;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records of an extended header: {@code length key=value\n}, each. */
final class PaxRecords {
    static final PaxRecords NONE = new PaxRecords(Map.of());
    private static final String XATTR = "SCHILY.xattr.";
    private static final int DIGITS = 9;

    private final Map<String, byte[]> records;

    private PaxRecords(Map<String, byte[]> records) {
        this.records = records;
    }

    static PaxRecords parse(byte[] data) {
        var records = new HashMap<String, byte[]>();
        for (int at = 0; at < data.length; ) {
            int blank = indexOf(data, ' ', at, data.length);
            int length = length(data, at, blank);
            int end = at + length;
            int equals = end > data.length ? -1 : indexOf(data, '=', blank, end);
            if (blank < 0 || equals < 0 || data[end - 1] != '\n') {
                throw new TarException("invalid tar header: bad PAX record");
            }
            String key = new String(data, blank + 1, equals - blank - 1, StandardCharsets.UTF_8);
            records.put(key, Arrays.copyOfRange(data, equals + 1, end - 1));
            at = end;
        }
        return new PaxRecords(records);
    }

    private static int length(byte[] data, int at, int blank) {
        try {
            int length = Integer.parseInt(new String(data, at, Math.max(0, blank - at), StandardCharsets.US_ASCII));
            return length > blank - at ? length : Integer.MAX_VALUE / 2;
        } catch (NumberFormatException _) {
            throw new TarException("invalid tar header: bad PAX record");
        }
    }

    private static int indexOf(byte[] data, char wanted, int from, int to) {
        for (int i = Math.max(0, from); i < to; i++) {
            if (data[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    @Nullable
    String text(String key) {
        byte[] value = records.get(key);
        if (value == null || value.length == 0) {
            return null;
        }
        String text = new String(value, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            throw new TarException("invalid tar header: NUL in " + key);
        }
        return text;
    }

    String text(String key, String otherwise) {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    long number(String key, long otherwise) {
        String text = text(key);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new TarException("invalid tar header: bad " + key);
        }
    }

    /** Seconds with a fraction, which may be negative as a whole. */
    Instant time(String key, long otherwise) {
        String text = text(key);
        if (text == null) {
            return Instant.ofEpochSecond(otherwise);
        }
        try {
            int point = text.indexOf('.');
            if (point < 0) {
                return Instant.ofEpochSecond(Long.parseLong(text));
            }
            String fraction = (text.substring(point + 1) + "0".repeat(DIGITS)).substring(0, DIGITS);
            long nanos = Long.parseUnsignedLong(fraction);
            long seconds = Long.parseLong(text.substring(0, point));
            return Instant.ofEpochSecond(seconds, text.startsWith("-") ? -nanos : nanos);
        } catch (NumberFormatException | DateTimeException _) {
            throw new TarException("invalid tar header: bad " + key);
        }
    }

    Map<String, byte[]> xattrs() {
        var xattrs = new TreeMap<String, byte[]>();
        records.forEach((key, value) -> {
            if (key.startsWith(XATTR)) {
                xattrs.put(key.substring(XATTR.length()), value);
            }
        });
        return xattrs;
    }
}
