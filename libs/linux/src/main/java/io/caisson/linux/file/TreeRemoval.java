package io.caisson.linux.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.NativeCall;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Removes whatever a name stands for, with all below it, by descriptors alone: a link is removed, never followed. */
final class TreeRemoval {
    private static final int BUFFER = 32 * 1024;
    private static final int NAME = 19;
    private static final int PASSES = 16;
    /** Deeper folders are moved up first: neither the stack nor the descriptors need as many as a hostile tree is deep. */
    private static final int DEPTH = 200;

    private final int top;
    private boolean moved;

    private TreeRemoval(int top) {
        this.top = top;
    }

    /** Nothing to do when there is no such name. */
    static void remove(NativeCall call, int dir, MemorySegment name, String path) {
        int result = FileCalls.unlink(call, dir, name, 0);
        if (result == 0 || result == -Errno.ENOENT) {
            return;
        }
        if (result != -Errno.EISDIR && result != -Errno.EPERM) {
            var _ = Errno.check("unlinkat", result, path);
        }
        int left = -Errno.ENOTEMPTY;
        boolean more = true;
        for (int pass = 0; left == -Errno.ENOTEMPTY && (more || pass < PASSES); pass++) {
            more = pass(call, dir, name, path);
            left = FileCalls.unlink(call, dir, name, FileCalls.AT_REMOVEDIR);
        }
        if (left != -Errno.ENOENT) {
            var _ = Errno.check("unlinkat", left, path);
        }
    }

    /** Whether folders were moved up, so that another pass has to take them. */
    private static boolean pass(NativeCall call, int dir, MemorySegment name, String path) {
        int top = Errno.check("openat", FileCalls.open(call, dir, name, Fd.O_DIRECTORY, 0), path);
        try {
            var removal = new TreeRemoval(top);
            removal.empty(top, 0, path);
            return removal.moved;
        } finally {
            var _ = Fd.close(top);
        }
    }

    private void empty(int dir, int depth, String path) {
        try (var call = NativeCall.open()) {
            MemorySegment buffer = call.memory(BUFFER);
            while (true) {
                int length = (int) Errno.check("getdents64", FileCalls.getdents(call, dir, buffer));
                if (length == 0) {
                    return;
                }
                for (MemorySegment name : names(buffer.asSlice(0, length))) {
                    remove(call, dir, name, depth, path);
                }
            }
        }
    }

    private void remove(NativeCall call, int dir, MemorySegment name, int depth, String path) {
        int result = FileCalls.unlink(call, dir, name, 0);
        if (result == 0 || result == -Errno.ENOENT) {
            return;
        }
        if (result != -Errno.EISDIR && result != -Errno.EPERM) {
            var _ = Errno.check("unlinkat", result, path);
        }
        if (depth >= DEPTH) {
            MemorySegment up = call.text(".moved-up-" + System.nanoTime());
            var _ = Errno.check("renameat", FileCalls.rename(call, dir, name, top, up), path);
            moved = true;
            return;
        }
        int child = Errno.check("openat", FileCalls.open(call, dir, name, Fd.O_DIRECTORY, 0), path);
        try {
            empty(child, depth + 1, path);
        } finally {
            var _ = Fd.close(child);
        }
        int gone = FileCalls.unlink(call, dir, name, FileCalls.AT_REMOVEDIR);
        if (gone != -Errno.ENOTEMPTY && gone != -Errno.ENOENT) { // a later pass takes what was put in meanwhile
            var _ = Errno.check("unlinkat", gone, path);
        }
    }

    /** The names of a buffer that getdents64(2) filled, without those of the folder itself and its parent. */
    static List<MemorySegment> names(MemorySegment buffer) {
        var names = new ArrayList<MemorySegment>();
        long at = 0;
        while (at < buffer.byteSize()) {
            int length = buffer.get(JAVA_SHORT, at + 16) & 0xffff;
            MemorySegment name = buffer.asSlice(at + NAME, length - NAME);
            if (!isDots(name)) {
                names.add(name);
            }
            at += length;
        }
        return names;
    }

    private static boolean isDots(MemorySegment name) {
        if (name.get(JAVA_BYTE, 0) != '.') {
            return false;
        }
        byte second = name.get(JAVA_BYTE, 1);
        return second == 0 || (second == '.' && name.get(JAVA_BYTE, 2) == 0);
    }
}
