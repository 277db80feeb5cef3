package io.caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** One process, whatever becomes of its number: a handle that never points at another process. */
public final class Pidfd implements AutoCloseable {
    private static final long PIDFD_SEND_SIGNAL = 424;
    private static final long PIDFD_OPEN = 434;
    private static final MethodHandle SYSCALL =
            Native.variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);

    private final Fd fd;

    private Pidfd(Fd fd) {
        this.fd = fd;
    }

    /** pidfd_open(2); {@code ESRCH} when there is no such process. A zombie still counts as one. */
    public static Pidfd open(long pid) {
        long fd = syscall(PIDFD_OPEN, pid, 0);
        if (fd < 0) {
            throw new LinuxException("pidfd_open", (int) -fd, "process " + pid);
        }
        return new Pidfd(Fd.owning((int) fd));
    }

    /** Sends a signal (0 only asks); false when the process has ended and was reaped. */
    public boolean signal(int signal) {
        long result = syscall(PIDFD_SEND_SIGNAL, fd.number(), signal);
        if (result == -Errno.ESRCH) {
            return false;
        }
        return Errno.check("pidfd_send_signal", result) == 0;
    }

    /** Readable (as poll(2) says) once the process has ended. */
    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }

    private static long syscall(long number, long first, long second) {
        try (var call = NativeCall.open()) {
            return call.result((long) SYSCALL.invokeExact(call.state(), number, first, second, MemorySegment.NULL, 0L));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }
}
