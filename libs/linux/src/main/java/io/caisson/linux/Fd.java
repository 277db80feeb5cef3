package io.caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** An owned file descriptor, always close-on-exec; closing it twice is harmless. */
public final class Fd implements AutoCloseable {
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0100;
    public static final int O_EXCL = 0200;
    public static final int O_TRUNC = 01000;
    public static final int O_APPEND = 02000;
    public static final int O_NONBLOCK = 04000;
    public static final int O_CLOEXEC = 02000000;
    public static final int O_PATH = 010000000;
    /** These two are among the few that are not the same on every machine. */
    public static final int O_DIRECTORY = isArm() ? 040000 : 0200000;

    public static final int O_NOFOLLOW = isArm() ? 0100000 : 0400000;

    private static final MethodHandle READ = Native.function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE = Native.function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle OPEN = Native.variadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = Native.function("close", JAVA_INT, JAVA_INT);

    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Fd(int number) {
        this.number = number;
    }

    private static boolean isArm() {
        return System.getProperty("os.arch", "").equals("aarch64");
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

    /**
     * One read(2) of at most {@code limit} bytes; empty at the end. Many files below {@code /proc/sys} give their value only
     * to a reader that asks for all of it at once.
     */
    public byte[] read(int limit) {
        try (var call = NativeCall.open()) {
            MemorySegment buffer = call.memory(limit);
            long length = call.result((long) READ.invokeExact(call.state(), number(), buffer, (long) limit));
            return buffer.asSlice(0, Errno.check("read", length)).toArray(JAVA_BYTE);
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** One write(2), as files of the kernel want it; how many bytes were taken. */
    public int write(byte[] bytes) {
        try (var call = NativeCall.open()) {
            MemorySegment buffer = call.memory(Math.max(1, bytes.length));
            MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, bytes.length);
            long length = call.result((long) WRITE.invokeExact(call.state(), number(), buffer, (long) bytes.length));
            return (int) Errno.check("write", length);
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
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
