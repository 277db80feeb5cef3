package io.caisson.executor.logs;

import io.caisson.executor.api.ReadLogs;
import io.caisson.executor.logs.LogFiles.LogFile;
import io.caisson.executor.task.TaskFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One reading of a log, from the first entry asked for to the last. Blocks; for a virtual thread of its own. */
public final class LogReading {
    private static final int BUFFER = 512 * 1024;
    private static final long SHORTEST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 40;

    private final LogFormat format;
    private final LogFiles files;
    private final ReadLogs query;
    private final BooleanSupplier running;
    private final LogFrames frames;
    private final byte[] bytes = new byte[BUFFER];
    private final LogEntry entry = new LogEntry();
    private int used;
    private boolean over;
    private volatile boolean abandoned;

    /** @param running whether the container may still write */
    public LogReading(Path log, ReadLogs query, BooleanSupplier running, OutputStream out) {
        this(log, LogFormat.LINES, query, running, out);
    }

    private LogReading(Path log, LogFormat format, ReadLogs query, BooleanSupplier running, OutputStream out) {
        this.format = format;
        this.files = new LogFiles(log);
        this.query = query;
        this.running = running;
        this.frames = new LogFrames(out, query);
    }

    /** Of whichever log the container has. */
    public static LogReading of(TaskFolder folder, ReadLogs query, BooleanSupplier running, OutputStream out) {
        boolean records = Files.exists(folder.localLog());
        return new LogReading(
                records ? folder.localLog() : folder.log(),
                records ? LogFormat.RECORDS : LogFormat.LINES,
                query,
                running,
                out);
    }

    /** Returns when everything asked for is written, or when the other side is gone. */
    public void run(InputStream in) throws IOException {
        List<LogFile> there = files.list();
        try (var cursor = new LogCursor(files)) {
            if (query.tail() >= 0) {
                Optional<LogTail.Start> start = LogTail.find(there, format, query.tail());
                if (start.isPresent()) {
                    cursor.seek(start.get().file(), start.get().offset());
                }
            }
            if (query.follow()) {
                Thread.ofVirtual().name("log-reader").start(() -> awaitAbandonment(in));
                follow(cursor);
            } else if (!there.isEmpty()) {
                readUpTo(cursor, there.getLast());
            }
        }
        frames.flush();
    }

    /** What is written while we read is for a later reading: else one of a busy container would not end. */
    private void readUpTo(LogCursor cursor, LogFile last) throws IOException {
        while (!over && readSome(cursor) > 0) {
            if (cursor.isAt(last.key()) && cursor.position() >= last.size()) {
                return;
            }
        }
    }

    private void follow(LogCursor cursor) throws IOException {
        long pause = SHORTEST_PAUSE_MILLIS;
        while (!over && !abandoned) {
            boolean mayGrow = running.getAsBoolean();
            if (readSome(cursor) > 0) {
                pause = SHORTEST_PAUSE_MILLIS;
                continue;
            }
            frames.flush();
            if (!mayGrow) {
                return;
            }
            sleep(pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        }
    }

    private static void sleep(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The reader never says anything: the end of its input is its end. */
    private void awaitAbandonment(InputStream in) {
        try {
            while (in.read() >= 0) {
                // nothing to hear
            }
        } catch (IOException _) {
            // gone as well
        }
        abandoned = true;
    }

    private int readSome(LogCursor cursor) throws IOException {
        int got = cursor.read(ByteBuffer.wrap(bytes, used, bytes.length - used));
        int end = used + got;
        int from = 0;
        while (!over) {
            int next = format.end(bytes, from, end);
            if (next > end) {
                break;
            }
            take(from, next);
            from = next;
        }
        used = end - from;
        System.arraycopy(bytes, from, bytes, 0, used);
        if (used == bytes.length) {
            used = 0; // no entry is that long: whatever it is, it is not ours
        }
        return got;
    }

    private void take(int from, int to) throws IOException {
        if (!format.parse(entry, bytes, from, to) || !(entry.error ? query.stderr() : query.stdout())) {
            return;
        }
        Long since = query.since();
        Long until = query.until();
        if (since != null || until != null) {
            Long time = entry.nanos();
            if (time == null || (since != null && time < since)) {
                return;
            }
            if (until != null && time >= until) {
                over = true;
                return;
            }
        }
        frames.write(entry);
    }
}
