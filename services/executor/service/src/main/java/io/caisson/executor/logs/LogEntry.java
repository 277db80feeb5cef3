package io.caisson.executor.logs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of one line of a json-file log are: {@code
 * {"log":"hello\n","stream":"stdout","time":"2026-01-02T03:04:05.123456789Z"}}. A view into the reader's buffer, reused line
 * by line: no line costs an object.
 */
final class LogEntry {
    private static final byte[] LOG = ascii("{\"log\":\"");
    private static final byte[] STDOUT = ascii("\",\"stream\":\"stdout\",\"time\":\"");
    private static final byte[] STDERR = ascii("\",\"stream\":\"stderr\",\"time\":\"");
    private static final byte[] STREAM_ERR = ascii("\"stream\":\"stderr\"");
    private static final byte[] TIME = ascii("\"time\":\"");
    /** {@code "}} at the line's end. */
    private static final int CLOSING = 2;

    private static final int RECORD_HEAD = 1 + Long.BYTES;
    private static final int STREAM = 0x7f;
    private static final int STDERR_STREAM = 2;
    private static final int SHORTEST_TIME = 20;
    private static final int LONGEST_TIME = 35;

    byte[] bytes = {};
    /** The text, still escaped. */
    int textFrom;

    int textTo;
    int timeFrom;
    int timeTo;
    boolean error;
    /** Of a record: its text is as it was written, its time a number, its line feed not part of it. */
    boolean raw;

    boolean lineFeed;
    private long time;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** False for what is no entry, such as a line that was torn when the host went down. */
    boolean parse(byte[] buffer, int from, int to) {
        bytes = buffer;
        error = false;
        raw = false;
        if (to - from < LOG.length + CLOSING + SHORTEST_TIME
                || !matches(LOG, from)
                || buffer[to - 1] != '}'
                || buffer[to - CLOSING] != '"') {
            return false;
        }
        textFrom = from + LOG.length;
        timeTo = to - CLOSING;
        timeFrom = startOfTime(textFrom);
        return timeFrom > 0 && (parseUsual() || parseWithAttributes());
    }

    boolean parseRecord(byte[] buffer, int from, int to) {
        if (to - from < RECORD_HEAD) {
            return false;
        }
        bytes = buffer;
        raw = true;
        error = (buffer[from] & STREAM) == STDERR_STREAM;
        lineFeed = buffer[from] > 0;
        time = ByteBuffer.wrap(buffer).getLong(from + 1);
        textFrom = from + RECORD_HEAD;
        textTo = to;
        return true;
    }

    private int startOfTime(int limit) {
        int lowest = Math.max(limit, timeTo - LONGEST_TIME);
        for (int i = timeTo - SHORTEST_TIME; i >= lowest; i--) {
            if (bytes[i - 1] == '"') {
                return i;
            }
        }
        return -1;
    }

    private boolean parseUsual() {
        textTo = timeFrom - STDOUT.length;
        if (textTo < textFrom) {
            return false;
        }
        error = matches(STDERR, textTo);
        return error || matches(STDOUT, textTo);
    }

    /** Other members between text and time, as log options add them. */
    private boolean parseWithAttributes() {
        textTo = textFrom;
        while (textTo < timeFrom && bytes[textTo] != '"') {
            textTo += bytes[textTo] == '\\' ? 2 : 1;
        }
        if (textTo >= timeFrom || !matches(TIME, timeFrom - TIME.length)) {
            return false;
        }
        for (int i = textTo; i < timeFrom - STREAM_ERR.length && !error; i++) {
            error = matches(STREAM_ERR, i);
        }
        return true;
    }

    private boolean matches(byte[] expected, int at) {
        return at >= 0
                && at + expected.length <= bytes.length
                && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
    }

    /** Nanoseconds since the epoch; null when that is not a time. */
    @Nullable
    Long nanos() {
        return raw ? (Long) time : LogTime.nanos(bytes, timeFrom, timeTo);
    }
}
