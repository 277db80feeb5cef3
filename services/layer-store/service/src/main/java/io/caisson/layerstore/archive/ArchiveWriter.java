package io.caisson.layerstore.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes a tar of texts and of files of this host, as {@code docker save} wants it. Blocks. */
public final class ArchiveWriter {
    private static final int BUFFER = 128 * 1024;
    private static final int MODE = 0644;

    private ArchiveWriter() {}

    /** What stands in the archive at {@code path}. */
    public sealed interface Part {
        String path();

        record Text(String path, String text) implements Part {}

        record Content(String path, Path file) implements Part {}
    }

    public static void write(List<Part> parts, OutputStream out) throws IOException {
        try (var tar = new TarArchiveOutputStream(new BufferedOutputStream(out, BUFFER), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (Part part : parts) {
                write(part, tar);
            }
        }
    }

    private static void write(Part part, TarArchiveOutputStream tar) throws IOException {
        switch (part) {
            case Part.Text text -> {
                byte[] bytes = text.text().getBytes(StandardCharsets.UTF_8);
                tar.putArchiveEntry(entry(text.path(), bytes.length));
                tar.write(bytes);
            }
            case Part.Content content -> {
                tar.putArchiveEntry(entry(content.path(), Files.size(content.file())));
                long _ = Files.copy(content.file(), tar);
            }
        }
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry entry(String path, long size) {
        var entry = new TarArchiveEntry(path);
        entry.setSize(size);
        entry.setMode(MODE);
        entry.setModTime(0);
        return entry;
    }
}
