package io.caisson.layerstore.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/** How much there is below a folder. */
public final class DiskUsage extends SimpleFileVisitor<Path> {
    private final Set<Object> seen = new HashSet<>();
    private long bytes;

    private DiskUsage() {}

    /** Bytes of all regular files, each counted once however many names it has; what goes away meanwhile is passed over. */
    public static long of(Path folder) throws IOException {
        var usage = new DiskUsage();
        var _ = Files.walkFileTree(folder, usage);
        return usage.bytes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        if (attributes.isRegularFile() && (key == null || seen.add(key))) {
            bytes += attributes.size();
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
