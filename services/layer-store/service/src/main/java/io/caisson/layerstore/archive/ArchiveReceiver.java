package io.caisson.layerstore.archive;

import io.caisson.kernel.Fault;
import io.caisson.layerstore.pass.Hashes;
import io.caisson.oci.Digest;
import io.caisson.tar.Compression;
import io.caisson.tar.EntryPath;
import io.caisson.tar.TarEntry;
import io.caisson.tar.TarException;
import io.caisson.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/** Takes an archive apart while it arrives: every file into one of its own, hashed on the way. Blocks. */
public final class ArchiveReceiver {
    private static final int BUFFER = 128 * 1024;
    private static final int ENTRIES = 100_000;
    private static final int LINKS = 16;

    private final Path folder;
    private final Map<String, ArchivedFile> files = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();
    private final JsonTexts texts = new JsonTexts();
    private final byte[] buffer = new byte[BUFFER];
    private int count;

    /** @param folder is there and empty, and whoever asks removes it */
    public ArchiveReceiver(Path folder) {
        this.folder = folder;
    }

    /** The whole stream as one file, under an empty path. */
    public Map<String, ArchivedFile> whole(InputStream in) throws IOException {
        return Map.of("", spool(in, false));
    }

    /**
     * The files of a tar, which may be compressed, by clean path; links stand for what they point at.
     *
     * @throws Fault INVALID when it is no tar
     */
    public Map<String, ArchivedFile> tar(InputStream in) throws IOException {
        try {
            var reader = new TarReader(Compression.decompress(in));
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                receive(entry, reader.content());
            }
            in.transferTo(OutputStream.nullOutputStream()); // whoever sends it must not see it cut off behind its end
        } catch (TarException e) {
            throw new Fault(Fault.Kind.INVALID, "invalid archive: " + e.getMessage(), e);
        }
        links.keySet().forEach(this::resolve);
        return Map.copyOf(files);
    }

    private void receive(TarEntry entry, InputStream content) throws IOException {
        if (++count > ENTRIES) {
            throw new TarException("too many entries");
        }
        String path = EntryPath.clean(entry.path());
        switch (entry.type()) {
            case FILE -> files.put(path, spool(content, true));
            case SYMLINK -> links.put(path, beside(path, entry.link()));
            case HARD_LINK -> links.put(path, EntryPath.clean(entry.link()));
            case DIRECTORY, FIFO, CHARACTER_DEVICE, BLOCK_DEVICE -> {
                // nothing an image is made of
            }
        }
    }

    private static String beside(String path, String target) {
        return EntryPath.clean(target.startsWith("/") ? target : EntryPath.folder(path) + "/" + target);
    }

    private void resolve(String path) {
        String target = path;
        for (int i = 0; i < LINKS && links.containsKey(target); i++) {
            target = links.getOrDefault(target, target);
        }
        ArchivedFile file = files.get(target);
        if (file != null) {
            files.putIfAbsent(path, file);
        }
    }

    private ArchivedFile spool(InputStream content, boolean withText) throws IOException {
        Path file = folder.resolve("file-" + count);
        MessageDigest hash = Hashes.of("sha256");
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                hash.update(buffer, 0, n);
                out.write(buffer, 0, n);
                size += n;
            }
        }
        String text = withText ? texts.read(file, size) : null;
        return new ArchivedFile(file, Digest.of("sha256", hash.digest()), size, text);
    }
}
