package io.caisson.executor.logs;

import io.caisson.executor.api.LogFraming;
import io.caisson.executor.api.ReadLogs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes entries in stdcopy's frames, whose headers have eight bytes, or as they are. */
final class LogFrames {
    private static final int SIZE = 512 * 1024;
    /** What stdcopy reads without a larger buffer, header included. */
    private static final int SHARED = 32 * 1024;

    private static final int NONE = -1;
    private static final int HEADER = 8;
    private static final int TIME = 32;
    private static final byte STDOUT = 1;
    private static final byte STDERR = 2;

    private final OutputStream out;
    private final LogFraming framing;
    private final boolean timestamps;
    private final byte[] details;
    private final byte[] buffer = new byte[SIZE];
    private int used;
    private int frame = NONE;

    LogFrames(OutputStream out, ReadLogs query) {
        this.out = out;
        this.framing = query.framing();
        this.timestamps = query.timestamps();
        this.details = details(query.details());
    }

    private static byte[] details(@Nullable String text) {
        return text == null ? new byte[0] : (text + ' ').getBytes(StandardCharsets.UTF_8);
    }

    void write(LogEntry entry) throws IOException {
        int longest = HEADER + TIME + 1 + details.length + entry.textTo - entry.textFrom;
        if (longest > buffer.length - used) {
            flush();
        }
        if (longest > buffer.length) {
            throw new IOException("log entry of " + longest + " bytes");
        }
        if (framing != LogFraming.NONE && !continues(entry, longest)) {
            frame = used;
            used += HEADER;
        }
        if (timestamps) {
            used += entry.raw
                    ? LogTime.writeFixed(entry.nanos(), buffer, used)
                    : LogTime.writeFixed(entry.bytes, entry.timeFrom, entry.timeTo, buffer, used);
            buffer[used++] = ' ';
        }
        System.arraycopy(details, 0, buffer, used, details.length);
        used += details.length;
        used = entry.raw ? copy(entry) : JsonText.unescape(entry.bytes, entry.textFrom, entry.textTo, buffer, used);
        if (framing != LogFraming.NONE) {
            putHeader(frame, entry.error, used - frame - HEADER);
        }
    }

    private boolean continues(LogEntry entry, int longest) {
        return framing == LogFraming.SHARED
                && frame != NONE
                && buffer[frame] == stream(entry.error)
                && used - frame + longest <= SHARED;
    }

    private static byte stream(boolean error) {
        return error ? STDERR : STDOUT;
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
        buffer[at] = stream(error);
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
            frame = NONE;
        }
    }
}
