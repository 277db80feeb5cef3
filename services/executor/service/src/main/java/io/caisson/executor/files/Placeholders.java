package io.caisson.executor.files;

import io.caisson.linux.file.FileStat;
import io.caisson.linux.file.FileType;
import java.util.Set;

/**
 * What is in every container although its image has not got it: places for the kernel's file systems and for generated
 * files. Docker keeps them in a layer between image and container, so that they are no changes.
 */
final class Placeholders {
    private static final Set<String> FOLDERS = Set.of("/dev", "/dev/pts", "/dev/shm", "/etc", "/proc", "/sys");
    private static final Set<String> FILES =
            Set.of("/.dockerenv", "/dev/console", "/etc/hostname", "/etc/hosts", "/etc/mtab", "/etc/resolv.conf");

    private Placeholders() {}

    /** A folder that counts as the image's. */
    static boolean isFolder(String path, FileStat stat) {
        return stat.type() == FileType.DIRECTORY && FOLDERS.contains(path);
    }

    /** An empty file that something is mounted on. */
    static boolean isFile(String path, FileStat stat) {
        return stat.type() == FileType.REGULAR && stat.size() == 0 && FILES.contains(path);
    }
}
