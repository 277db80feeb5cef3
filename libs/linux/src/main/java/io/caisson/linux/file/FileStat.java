package io.caisson.linux.file;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.caisson.linux.Errno;
import io.caisson.linux.NativeCall;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What statx(2) tells of a file.
 *
 * @param mode permissions with set-uid, set-gid and sticky bits: the lower 12 bits
 * @param size in bytes; of a symbolic link the length of its target
 * @param blocks what it takes on disk, in units of 512 bytes
 * @param device the file system it is on, as major and minor number
 * @param special the device that a device file stands for
 */
public record FileStat(
        FileType type,
        int mode,
        int uid,
        int gid,
        long size,
        long blocks,
        Instant modified,
        int links,
        long inode,
        Device device,
        Device special) {
    static final int SIZE = 256;
    private static final int AT_FDCWD = -100;

    /** A device number. */
    public record Device(int major, int minor) {
        /** Character device 0:0, which overlay takes for a deletion. */
        public static final Device NONE = new Device(0, 0);

        long encoded() {
            long high = Integer.toUnsignedLong(major);
            long low = Integer.toUnsignedLong(minor);
            return (high & ~0xfffL) << 32 | (high & 0xfff) << 8 | (low & ~0xffL) << 12 | (low & 0xff);
        }
    }

    /** Of the file itself, also where it is a symbolic link. Any path of the host: nothing is confined here. */
    public static FileStat of(Path path) {
        try (var call = NativeCall.open()) {
            MemorySegment buffer = call.memory(SIZE);
            var _ = Errno.check(
                    "statx", FileCalls.statx(call, AT_FDCWD, call.text(path.toString()), false, buffer), path);
            return read(buffer);
        }
    }

    static FileStat read(MemorySegment statx) {
        int mode = statx.get(JAVA_SHORT, 28) & 0xffff;
        return new FileStat(
                FileType.of(mode),
                mode & 07777,
                statx.get(JAVA_INT, 20),
                statx.get(JAVA_INT, 24),
                statx.get(JAVA_LONG, 40),
                statx.get(JAVA_LONG, 48),
                Instant.ofEpochSecond(statx.get(JAVA_LONG, 112), statx.get(JAVA_INT, 120)),
                statx.get(JAVA_INT, 16),
                statx.get(JAVA_LONG, 32),
                new Device(statx.get(JAVA_INT, 136), statx.get(JAVA_INT, 140)),
                new Device(statx.get(JAVA_INT, 128), statx.get(JAVA_INT, 132)));
    }

    /** Whether both are the same inode. */
    public boolean isSameFile(FileStat other) {
        return inode == other.inode && device.equals(other.device);
    }

    /** Whether overlay takes this file for the mark of a deletion. */
    public boolean isWhiteout() {
        return type == FileType.CHARACTER_DEVICE && special.equals(Device.NONE);
    }
}
