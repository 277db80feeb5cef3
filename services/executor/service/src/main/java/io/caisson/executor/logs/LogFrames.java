package io.caisson.executor.logs;

import java.io.IOException;
import java.io.OutputStream;

/** Writes entries as Docker frames them: stdcopy's header of eight bytes, or nothing for terminals. */
final class LogFrames {
    private static final int SIZE = 512 * 1024;
    private static final int HEADER = 8;
    private static final int TIME = 32;
    private static final byte STDOUT = 1;
    private static final byte STDERR = 2;

    private final OutputStream out;
    private final boolean framed;
    private final boolean timestamps;
    private final byte[] buffer = new byte[SIZE];
    private int used;

    LogFrames(OutputStream out, boolean framed, boolean timestamps) {
        this.out = out;
        this.framed = framed;
        this.timestamps = timestamps;
    }

    void write(LogEntry entry) throws IOException {
        int longest = HEADER + TIME + 1 + entry.textTo - entry.textFrom;
        if (longest > buffer.length - used) {
            flush();
        }
        if (longest > buffer.length) {
            throw new IOException("log entry of " + longest + " bytes");
        }
        int header = used;
        if (framed) {
            used += HEADER;
        }
        int begin = used;
        if (timestamps) {
            used += entry.raw
                    ? LogTime.writeFixed(entry.nanos(), buffer, used)
                    : LogTime.writeFixed(entry.bytes, entry.timeFrom, entry.timeTo, buffer, used);
            buffer[used++] = ' ';
        }
        used = entry.raw ? copy(entry) : JsonText.unescape(entry.bytes, entry.textFrom, entry.textTo, buffer, used);
        if (framed) {
            putHeader(header, entry.error, used - begin);
        }
    }

    private int copy(LogEntry entry) {
        int size = entry.textTo - entry.textFrom;
        System.arraycopy(entry.bytes, entry.textFrom, buffer, used, size);
        if (entry.lineFeed) {
            buffer[used + size] = '\n';
            return used + size + 1;
        }
        return used + size;
    }

    private void putHeader(int at, boolean error, int size) {
        buffer[at] = error ? STDERR : STDOUT;
        buffer[at + 1] = 0;
        buffer[at + 2] = 0;
        buffer[at + 3] = 0;
        buffer[at + 4] = (byte) (size >>> 24);
        buffer[at + 5] = (byte) (size >>> 16);
        buffer[at + 6] = (byte) (size >>> 8);
        buffer[at + 7] = (byte) size;
    }

    void flush() throws IOException {
        if (used > 0) {
            out.write(buffer, 0, used);
            used = 0;
        }
    }
}
