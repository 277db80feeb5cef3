package io.caisson.linux.file;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.Native;
import io.caisson.linux.NativeCall;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The calls that take a directory's descriptor; each returns a negative error number when it fails. */
final class FileCalls {
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_EMPTY_PATH = 0x1000;
    private static final int AT_NO_AUTOMOUNT = 0x800;
    private static final int STATX_BASIC = 0x7ff;
    private static final long OPENAT2 = 437;
    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_IN_ROOT = 0x10;
    private static final int RACES = 64;

    private static final MethodHandle SYSCALL =
            Native.variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle OPENAT =
            Native.variadic("openat", 3, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle MKDIRAT = Native.function("mkdirat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle UNLINKAT = Native.function("unlinkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SYMLINKAT = Native.function("symlinkat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle LINKAT =
            Native.function("linkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RENAMEAT =
            Native.function("renameat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle MKNODAT =
            Native.function("mknodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG);
    private static final MethodHandle READLINKAT =
            Native.function("readlinkat", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle STATX =
            Native.function("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle GETDENTS = Native.function("getdents64", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE = Native.function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);

    private FileCalls() {}

    /** openat2(2): the whole path is resolved as if {@code root} were the root of all files. */
    static int openInRoot(NativeCall call, int root, MemorySegment path, int flags, int mode) {
        try {
            MemorySegment how = call.memory(24);
            how.set(JAVA_LONG, 0, flags | Fd.O_CLOEXEC);
            how.set(JAVA_LONG, 8, mode);
            how.set(JAVA_LONG, 16, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
            for (int attempt = 1; ; attempt++) {
                int fd = (int)
                        call.result((long) SYSCALL.invokeExact(call.state(), OPENAT2, (long) root, path, how, 24L));
                // EAGAIN: something was renamed while the kernel looked up "..", so that it could not be sure.
                if (fd != -Errno.EAGAIN || attempt == RACES) {
                    return fd;
                }
            }
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** openat(2) of a single name, which is never followed. */
    static int open(NativeCall call, int dir, MemorySegment name, int flags, int mode) {
        try {
            return call.result(
                    (int) OPENAT.invokeExact(call.state(), dir, name, flags | Fd.O_NOFOLLOW | Fd.O_CLOEXEC, mode));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static int mkdir(NativeCall call, int dir, MemorySegment name, int mode) {
        try {
            return call.result((int) MKDIRAT.invokeExact(call.state(), dir, name, mode));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static int unlink(NativeCall call, int dir, MemorySegment name, int flags) {
        try {
            return call.result((int) UNLINKAT.invokeExact(call.state(), dir, name, flags));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static int symlink(NativeCall call, MemorySegment target, int dir, MemorySegment name) {
        try {
            return call.result((int) SYMLINKAT.invokeExact(call.state(), target, dir, name));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static int link(NativeCall call, int fromDir, MemorySegment from, int toDir, MemorySegment to) {
        try {
            return call.result((int) LINKAT.invokeExact(call.state(), fromDir, from, toDir, to, 0));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static int rename(NativeCall call, int fromDir, MemorySegment from, int toDir, MemorySegment to) {
        try {
            return call.result((int) RENAMEAT.invokeExact(call.state(), fromDir, from, toDir, to));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static int mknod(NativeCall call, int dir, MemorySegment name, int mode, long device) {
        try {
            return call.result((int) MKNODAT.invokeExact(call.state(), dir, name, mode, device));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static long readlink(NativeCall call, int dir, MemorySegment name, MemorySegment buffer) {
        try {
            return call.result((long) READLINKAT.invokeExact(call.state(), dir, name, buffer, buffer.byteSize()));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** Of the name itself, or of {@code dir} itself with an empty name. */
    static int statx(NativeCall call, int dir, MemorySegment name, boolean ofDescriptor, MemorySegment buffer) {
        try {
            int flags = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | (ofDescriptor ? AT_EMPTY_PATH : 0);
            return call.result((int) STATX.invokeExact(call.state(), dir, name, flags, STATX_BASIC, buffer));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static long getdents(NativeCall call, int dir, MemorySegment buffer) {
        try {
            return call.result((long) GETDENTS.invokeExact(call.state(), dir, buffer, buffer.byteSize()));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static long write(NativeCall call, int fd, MemorySegment bytes) {
        try {
            return call.result((long) WRITE.invokeExact(call.state(), fd, bytes, bytes.byteSize()));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }
}
