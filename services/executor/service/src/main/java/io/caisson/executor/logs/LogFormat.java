package io.caisson.executor.logs;

import java.nio.ByteBuffer;

/** How entries are written: where one ends, and what is in it. */
enum LogFormat {
    /** A JSON object and a line feed. */
    LINES,
    /** be32 length, stream (with 0x80 when the line goes on), be64 nanoseconds, text, be32 length. */
    RECORDS;

    private static final int LENGTH = Integer.BYTES;
    private static final int LONGEST = 1 << 20;

    /** The end of the entry that begins at {@code from}; {@code to} or more when it is not there yet. */
    int end(byte[] bytes, int from, int to) {
        return switch (this) {
            case LINES -> ByteSearch.indexOf(bytes, (byte) '\n', from, to) + 1;
            case RECORDS -> to - from < LENGTH ? to + 1 : from + 2 * LENGTH + length(bytes, from);
        };
    }

    private static int length(byte[] bytes, int from) {
        return Math.clamp(ByteBuffer.wrap(bytes).getInt(from), 0, LONGEST);
    }

    /** @param to as {@link #end} told */
    boolean parse(LogEntry entry, byte[] bytes, int from, int to) {
        return switch (this) {
            case LINES -> entry.parse(bytes, from, to - 1);
            case RECORDS -> entry.parseRecord(bytes, from + LENGTH, to - LENGTH);
        };
    }
}
