package io.caisson.linux.file;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.caisson.linux.Native;
import io.caisson.linux.NativeCall;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Instant;

/** The calls that change what is known of a file; each returns a negative error number when it fails. */
final class AttributeCalls {
    private static final MethodHandle FCHOWNAT =
            Native.function("fchownat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle FCHMOD = Native.function("fchmod", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CHMOD = Native.function("chmod", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle UTIMENSAT =
            Native.function("utimensat", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle FUTIMENS = Native.function("futimens", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle SETXATTR =
            Native.function("setxattr", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle GETXATTR =
            Native.function("getxattr", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle LISTXATTR = Native.function("listxattr", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle REMOVEXATTR = Native.function("removexattr", JAVA_INT, ADDRESS, ADDRESS);

    private static final int AT_FDCWD = -100;
    private static final int AT_EMPTY_PATH = 0x1000;

    private AttributeCalls() {}

    /** The path that stands for what a descriptor (one of {@code O_PATH} as well) has open, a symbolic link too. */
    static MemorySegment pathOf(NativeCall call, int fd) {
        return call.text("/proc/self/fd/" + fd);
    }

    /** Also of a descriptor of {@code O_PATH}, such as a symbolic link's. */
    static int chown(NativeCall call, int fd, int uid, int gid) {
        try {
            return call.result((int) FCHOWNAT.invokeExact(call.state(), fd, call.text(""), uid, gid, AT_EMPTY_PATH));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static int chmod(NativeCall call, int fd, int mode) {
        try {
            return call.result((int) FCHMOD.invokeExact(call.state(), fd, mode));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static int chmod(NativeCall call, MemorySegment path, int mode) {
        try {
            return call.result((int) CHMOD.invokeExact(call.state(), path, mode));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** Sets both times of the path's file, following it. */
    static int times(NativeCall call, MemorySegment path, Instant time) {
        try {
            return call.result((int) UTIMENSAT.invokeExact(call.state(), AT_FDCWD, path, twice(call, time), 0));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static int times(NativeCall call, int fd, Instant time) {
        try {
            return call.result((int) FUTIMENS.invokeExact(call.state(), fd, twice(call, time)));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    private static MemorySegment twice(NativeCall call, Instant time) {
        MemorySegment times = call.memory(32);
        for (int i = 0; i < 2; i++) {
            times.set(JAVA_LONG, i * 16L, time.getEpochSecond());
            times.set(JAVA_LONG, i * 16L + 8, time.getNano());
        }
        return times;
    }

    static int setXattr(NativeCall call, MemorySegment path, String name, byte[] value) {
        try {
            MemorySegment bytes = call.memory(Math.max(1, value.length));
            MemorySegment.copy(value, 0, bytes, JAVA_BYTE, 0, value.length);
            return call.result(
                    (int) SETXATTR.invokeExact(call.state(), path, call.text(name), bytes, (long) value.length, 0));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static long getXattr(NativeCall call, MemorySegment path, String name, MemorySegment buffer) {
        try {
            return call.result(
                    (long) GETXATTR.invokeExact(call.state(), path, call.text(name), buffer, buffer.byteSize()));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static long listXattr(NativeCall call, MemorySegment path, MemorySegment buffer) {
        try {
            return call.result((long) LISTXATTR.invokeExact(call.state(), path, buffer, buffer.byteSize()));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static int removeXattr(NativeCall call, MemorySegment path, String name) {
        try {
            return call.result((int) REMOVEXATTR.invokeExact(call.state(), path, call.text(name)));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }
}
