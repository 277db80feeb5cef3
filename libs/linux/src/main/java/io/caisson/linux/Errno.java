package io.caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The error numbers that callers tell apart, and the C library's words for all of them. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EBADF = 9;
    public static final int ECHILD = 10;
    public static final int EAGAIN = 11;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int EXDEV = 18;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int EFBIG = 27;
    public static final int ENOSPC = 28;
    public static final int ERANGE = 34;
    public static final int ENAMETOOLONG = 36;
    public static final int ENOSYS = 38;
    public static final int ENOTEMPTY = 39;
    public static final int ELOOP = 40;
    public static final int ENODATA = 61;
    public static final int EOPNOTSUPP = 95;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENOBUFS = 105;
    public static final int ETIMEDOUT = 110;

    private static final MethodHandle NAME = Native.function("strerrorname_np", ADDRESS, JAVA_INT);
    private static final MethodHandle DESCRIPTION = Native.function("strerrordesc_np", ADDRESS, JAVA_INT);

    private Errno() {}

    /** The symbol, such as {@code EBUSY}; {@code errno 16} for a number that the C library does not know. */
    public static String name(int errno) {
        return text(NAME, errno);
    }

    /** What it means, in English whatever the locale. */
    public static String description(int errno) {
        return text(DESCRIPTION, errno);
    }

    /** {@code result}, or the exception when it is a negative error number. */
    public static int check(String call, int result) {
        if (result < 0) {
            throw new LinuxException(call, -result);
        }
        return result;
    }

    /** The same, with what the call was about (a path, a name) for the message. */
    public static int check(String call, int result, Object subject) {
        if (result < 0) {
            throw new LinuxException(call, -result, subject.toString());
        }
        return result;
    }

    /** {@code result}, or the exception when it is a negative error number. */
    public static long check(String call, long result) {
        if (result < 0) {
            throw new LinuxException(call, (int) -result);
        }
        return result;
    }

    @SuppressWarnings("restricted")
    private static String text(MethodHandle function, int errno) {
        try (var call = NativeCall.open()) {
            var text = (MemorySegment) function.invokeExact(call.state(), errno);
            return text.address() == 0
                    ? "errno " + errno
                    : text.reinterpret(Long.MAX_VALUE).getString(0);
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }
}
