package io.caisson.linux.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.caisson.linux.Fd;
import io.caisson.linux.NativeCall;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** The start of what a tool writes; the rest is read, so that the tool never waits, and dropped. */
final class Capture {
    private final Fd reader;
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean open = true;
    private boolean truncated;

    Capture(Fd reader, int limit) {
        this.reader = reader;
        this.limit = limit;
    }

    /** For poll(2): -1 once everything has come. */
    int number() {
        return open ? reader.number() : -1;
    }

    /** Reads once; call it only when there is something to read. */
    void read(NativeCall call, MemorySegment buffer) {
        long length = SpawnCalls.read(call, reader, buffer);
        if (length <= 0) {
            open = false;
            return;
        }
        int keep = (int) Math.min(length, limit - kept.size());
        kept.write(buffer.asSlice(0, keep).toArray(JAVA_BYTE), 0, keep);
        truncated |= keep < length;
    }

    String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    boolean truncated() {
        return truncated;
    }
}
