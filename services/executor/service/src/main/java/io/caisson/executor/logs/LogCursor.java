package io.caisson.executor.logs;

import io.caisson.executor.logs.LogFiles.LogFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a log's files one after the other, also while they are rotated under it. Blocks. */
final class LogCursor implements AutoCloseable {
    private final LogFiles files;
    private @Nullable FileChannel channel;
    private @Nullable LogFile file;
    private long position;

    LogCursor(LogFiles files) {
        this.files = files;
    }

    /** Continues at an offset of a file. */
    void seek(LogFile target, long offset) throws IOException {
        close();
        channel = target.open();
        file = target;
        position = offset;
    }

    /** What is there now, from the next file where this one is at its end; 0 when that is all. */
    int read(ByteBuffer buffer) throws IOException {
        FileChannel current = channel;
        LogFile at = file;
        if (current == null || at == null) {
            return openFirst() ? read(buffer) : 0;
        }
        int got = readHere(current, buffer);
        if (got > 0) {
            return got;
        }
        Optional<LogFile> next = files.after(at.key());
        if (next.isEmpty()) {
            return 0;
        }
        // It may have grown until it was rotated.
        got = readHere(current, buffer);
        if (got > 0) {
            return got;
        }
        seekIfThere(next.get());
        return read(buffer);
    }

    private void seekIfThere(LogFile next) throws IOException {
        try {
            seek(next, 0);
        } catch (NoSuchFileException _) {
            file = null; // rotated just now: begin with the oldest that is left
            channel = null;
        }
    }

    private boolean openFirst() throws IOException {
        Optional<LogFile> first = files.list().stream().findFirst();
        if (first.isPresent()) {
            seek(first.get(), 0);
        }
        return first.isPresent();
    }

    private int readHere(FileChannel current, ByteBuffer buffer) throws IOException {
        int got = current.read(buffer, position);
        if (got > 0) {
            position += got;
            return got;
        }
        if (current.size() < position) {
            position = 0; // started over
        }
        return 0;
    }

    boolean isAt(Object key) throws IOException {
        return file != null && file.is(key);
    }

    long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
