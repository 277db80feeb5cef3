package io.caisson.executor.files;

import io.caisson.executor.api.ContainerFiles;
import io.caisson.executor.api.PathStat;
import io.caisson.kernel.Fault;
import io.caisson.linux.Errno;
import io.caisson.linux.LinuxException;
import io.caisson.linux.file.FileStat;
import io.caisson.linux.file.FileType;
import io.caisson.linux.file.RootedFiles;
import java.util.Locale;

/** Finds what a client asks for, with Docker's words where it is not there. */
public final class PathLookup {
    private PathLookup() {}

    /** NOT_FOUND with no more than the path in its message: whoever asked knows the container's name. */
    public static PathStat stat(RootedFiles files, String asked) {
        ContainerPath path = ContainerPath.of(asked);
        FileStat stat = found(files, path.text(), asked);
        boolean link = stat.type() == FileType.SYMLINK;
        return new PathStat(
                path.name(),
                kind(stat.type()),
                stat.mode(),
                stat.size(),
                stat.modified(),
                link ? LinkFollowing.follow(files, path.text()) : "");
    }

    static FileStat found(RootedFiles files, String path, String asked) {
        try {
            return files.lstat(path);
        } catch (LinuxException e) {
            throw translated(e, path, asked);
        }
    }

    private static Fault translated(LinuxException e, String path, String asked) {
        return e.errno() == Errno.ENOENT
                ? new Fault(Fault.Kind.NOT_FOUND, asked, e)
                : Fault.internal("lstat " + path + ": " + words(e), e);
    }

    /** The kernel's words as Go writes them. */
    static String words(LinuxException e) {
        String words = Errno.description(e.errno());
        return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    /** The real path of a folder, links followed. INVALID when it is none, FORBIDDEN when it is read-only. */
    public static String writableFolder(RootedFiles files, ContainerFiles container, String asked) {
        String folder = folder(files, asked);
        FilesView.requireWritable(container, folder);
        return folder;
    }

    private static String folder(RootedFiles files, String asked) {
        String path = LinkFollowing.follow(files, ContainerPath.of(asked).text());
        if (found(files, path, asked).type() != FileType.DIRECTORY) {
            throw Fault.invalid("extraction point is not a directory");
        }
        return path;
    }

    private static PathStat.Kind kind(FileType type) {
        return switch (type) {
            case REGULAR -> PathStat.Kind.FILE;
            case DIRECTORY -> PathStat.Kind.DIRECTORY;
            case SYMLINK -> PathStat.Kind.SYMLINK;
            case CHARACTER_DEVICE -> PathStat.Kind.CHARACTER_DEVICE;
            case BLOCK_DEVICE -> PathStat.Kind.BLOCK_DEVICE;
            case FIFO -> PathStat.Kind.FIFO;
            case SOCKET -> PathStat.Kind.SOCKET;
        };
    }
}
