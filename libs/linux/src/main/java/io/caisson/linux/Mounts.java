package io.caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** mount(2) and umount2(2) in the mount namespace of the calling thread. Blocks: some file systems take milliseconds. */
public final class Mounts {
    public static final long MS_RDONLY = 1;
    public static final long MS_NOSUID = 2;
    public static final long MS_NODEV = 4;
    public static final long MS_NOEXEC = 8;
    public static final long MS_REMOUNT = 32;
    public static final long MS_NOATIME = 1024;
    public static final long MS_BIND = 4096;
    public static final long MS_MOVE = 8192;
    public static final long MS_REC = 16384;
    public static final long MS_PRIVATE = 1 << 18;
    public static final long MS_SLAVE = 1 << 19;
    public static final long MS_SHARED = 1 << 20;
    public static final long MS_RELATIME = 1 << 21;

    public static final int MNT_FORCE = 1;
    public static final int MNT_DETACH = 2;
    public static final int UMOUNT_NOFOLLOW = 8;

    private static final MethodHandle MOUNT =
            Native.function("mount", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle UMOUNT = Native.function("umount2", JAVA_INT, ADDRESS, JAVA_INT);

    private Mounts() {}

    /**
     * mount(2). Options for overlay and its like go in {@code data}, at most 4095 bytes.
     *
     * @param type the file system's type; null for bind, remount and propagation changes
     */
    public static void mount(String source, Path target, @Nullable String type, long flags, @Nullable String data) {
        try (var call = NativeCall.open()) {
            int result = call.result((int) MOUNT.invokeExact(
                    call.state(),
                    call.text(source),
                    call.text(target.toString()),
                    call.text(type),
                    flags,
                    call.text(data)));
            var _ = Errno.check("mount", result, target);
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** Shows {@code source} at {@code target} too; a recursive bind takes the mounts below it along. */
    public static void bind(Path source, Path target, boolean recursive) {
        mount(source.toString(), target, null, MS_BIND | (recursive ? MS_REC : 0), null);
    }

    /**
     * A bind that cannot be written through. Only the top mount becomes read-only: mounts below a recursive bind keep
     * their own flags.
     *
     * @param flags further flags that the bind must carry, such as {@link #MS_NOSUID}
     */
    public static void bindReadOnly(Path source, Path target, boolean recursive, long flags) {
        bind(source, target, recursive);
        mount("none", target, null, MS_BIND | MS_REMOUNT | MS_RDONLY | flags, null);
    }

    /** Cuts the propagation of {@code target} and of all below it, in both directions. */
    public static void makePrivate(Path target) {
        mount("none", target, null, MS_REC | MS_PRIVATE, null);
    }

    /** Lets mounts of the host come in below {@code target}, and none get out. */
    public static void makeSlave(Path target) {
        mount("none", target, null, MS_REC | MS_SLAVE, null);
    }

    /** umount2(2); fails with {@code EINVAL} where nothing is mounted. */
    public static void unmount(Path target, int flags) {
        try (var call = NativeCall.open()) {
            int result = call.result((int) UMOUNT.invokeExact(call.state(), call.text(target.toString()), flags));
            var _ = Errno.check("umount2", result, target);
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** Takes {@code target} out of sight at once, whoever still uses it; nothing to do where nothing is mounted. */
    public static void detach(Path target) {
        try {
            unmount(target, MNT_DETACH | UMOUNT_NOFOLLOW);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /** What is mounted in the calling thread's mount namespace, in the order of mounting. */
    public static List<MountInfo> list() {
        try {
            return MountInfo.parse(Files.readString(Path.of("/proc/thread-self/mountinfo")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
