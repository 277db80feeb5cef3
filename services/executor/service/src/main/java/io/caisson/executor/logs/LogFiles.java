package io.caisson.executor.logs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A log and what was rotated out of it: {@code x}, {@code x.1} before it, {@code x.2} before that. */
record LogFiles(Path newest) {
    private static final String COMPRESSED = ".gz";

    /** One file, known by its identity, as rotation renames it. */
    record LogFile(Path path, Object key, long size) {
        boolean compressed() {
            return path.toString().endsWith(COMPRESSED);
        }

        /** What it holds; a compressed one is unpacked into a file without a name. */
        FileChannel open() throws IOException {
            return compressed() ? CompressedLog.open(path) : FileChannel.open(path, StandardOpenOption.READ);
        }

        /** Whether it is the file with this key, or what became of it. */
        boolean is(Object other) throws IOException {
            return key.equals(other) || (compressed() && CompressedLog.isOf(path, other));
        }
    }

    /** Oldest first. */
    List<LogFile> list() throws IOException {
        var files = new ArrayList<LogFile>();
        look(newest).ifPresent(files::add);
        for (int i = 1; ; i++) {
            String name = newest.getFileName() + "." + i;
            Optional<LogFile> plain = look(newest.resolveSibling(name));
            Optional<LogFile> older = plain.isPresent() ? plain : look(newest.resolveSibling(name + COMPRESSED));
            if (older.isEmpty()) {
                return files.reversed();
            }
            files.add(older.get());
        }
    }

    /** The one that was begun after that one; the oldest when that one is gone; empty when it is the newest. */
    Optional<LogFile> after(Object key) throws IOException {
        List<LogFile> files = list();
        for (int i = files.size() - 1; i >= 0; i--) {
            if (files.get(i).is(key)) {
                return i + 1 < files.size() ? Optional.of(files.get(i + 1)) : Optional.empty();
            }
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(files.getFirst());
    }

    private static Optional<LogFile> look(Path path) throws IOException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(new LogFile(path, Objects.requireNonNull(attributes.fileKey()), attributes.size()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }
}
