package io.caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** An owned file descriptor, always close-on-exec; closing it twice is harmless. */
public final class Fd implements AutoCloseable {
    public static final int O_RDONLY = 0;
    public static final int O_CLOEXEC = 02000000;
    private static final MethodHandle OPEN = Native.variadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = Native.function("close", JAVA_INT, JAVA_INT);

    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Fd(int number) {
        this.number = number;
    }

    /** Takes over a descriptor that a system call returned. */
    public static Fd owning(int number) {
        return new Fd(number);
    }

    /** open(2) with {@code O_CLOEXEC}, following links. */
    public static Fd open(Path path, int flags) {
        try (var call = NativeCall.open()) {
            int fd =
                    call.result((int) OPEN.invokeExact(call.state(), call.text(path.toString()), flags | O_CLOEXEC, 0));
            return new Fd(Errno.check("open", fd, path));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** Valid until {@link #close()}. */
    public int number() {
        if (closed.get()) {
            throw new IllegalStateException("file descriptor is closed");
        }
        return number;
    }

    /** The path under which this process can open the same file again. */
    public Path path() {
        return Path.of("/proc/self/fd/" + number());
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            var _ = close(number);
        }
    }

    /** close(2) of a bare descriptor; 0 or {@code -errno}. The descriptor is gone either way. */
    public static int close(int fd) {
        try (var call = NativeCall.open()) {
            return call.result((int) CLOSE.invokeExact(call.state(), fd));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    @Override
    public String toString() {
        return "fd " + number;
    }
}
