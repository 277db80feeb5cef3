package io.caisson.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import org.jspecify.annotations.Nullable;

/**
 * The memory that one native call needs: its arguments and the place where its {@code errno} is captured.
 *
 * <p>Confined to the thread that opened it; everything it gave out ends with {@link #close()}.
 */
public final class NativeCall implements AutoCloseable {
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = arena.allocate(STATE);

    private NativeCall() {}

    public static NativeCall open() {
        return new NativeCall();
    }

    /** Pass it as the first argument of every handle from {@link Native}. */
    public MemorySegment state() {
        return state;
    }

    /** A NUL-terminated UTF-8 copy, or NULL for null. A text with a NUL inside is refused: C would see only its start. */
    public MemorySegment text(@Nullable String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("NUL character in an argument");
        }
        return text == null ? MemorySegment.NULL : arena.allocateFrom(text);
    }

    /** Zeroed memory, aligned to 8. */
    public MemorySegment memory(long size) {
        return arena.allocate(size, 8);
    }

    /** {@code result} as it is, or {@code -errno} when the call failed with -1. */
    public int result(int result) {
        return result == -1 ? -state.get(JAVA_INT, 0) : result;
    }

    /** {@code result} as it is, or {@code -errno} when the call failed with -1. */
    public long result(long result) {
        return result == -1 ? -state.get(JAVA_INT, 0) : result;
    }

    /** What {@code invokeExact} declares and never throws by itself, as something unchecked. */
    public static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
    }

    @Override
    public void close() {
        arena.close();
    }
}
