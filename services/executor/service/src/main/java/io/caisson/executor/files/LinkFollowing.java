package io.caisson.executor.files;

import io.caisson.linux.Errno;
import io.caisson.linux.LinuxException;
import io.caisson.linux.file.FileStat;
import io.caisson.linux.file.FileType;
import io.caisson.linux.file.RootedFiles;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;

/** Where a path leads to in the end, also where that does not exist; never out of the root. */
final class LinkFollowing {
    private static final int MOST = 255;

    private LinkFollowing() {}

    /** An absolute path without any link in it; {@code ELOOP} when there is no end. */
    static String follow(RootedFiles files, String path) {
        return follow(path, at -> target(files, at));
    }

    private static Optional<String> target(RootedFiles files, String path) {
        Optional<FileStat> found = files.find(path);
        return found.filter(stat -> stat.type() == FileType.SYMLINK).map(_ -> files.readlink(path));
    }

    /** @param link the target of a symbolic link, empty for anything else */
    static String follow(String path, Function<String, Optional<String>> link) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(path.split("/")));
        String at = "/";
        int followed = 0;
        while (!left.isEmpty()) {
            String part = left.removeFirst();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                at = ContainerPath.clean(at + "/..");
                continue;
            }
            String next = ContainerPath.child(at, part);
            Optional<String> target = link.apply(next);
            if (target.isEmpty()) {
                at = next;
                continue;
            }
            if (++followed > MOST) {
                throw new LinuxException("openat2", Errno.ELOOP, path);
            }
            at = target.get().startsWith("/") ? "/" : at;
            Arrays.asList(target.get().split("/")).reversed().forEach(left::addFirst);
        }
        return at;
    }
}
