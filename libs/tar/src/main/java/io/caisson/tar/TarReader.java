package io.caisson.tar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar entry by entry: ustar, PAX, GNU long names and sparse files. A {@link TarException} tells that the bytes are
 * no proper tar; sizes of what is kept in memory are limited.
 *
 * <pre>{@code
 * for (var entry = tar.next(); entry != null; entry = tar.next()) { … tar.content() … }
 * }</pre>
 */
public final class TarReader {
    private static final int BLOCK = TarHeader.BLOCK;
    private static final int EXTENDED_LIMIT = 1 << 20;
    private static final int PATH_LIMIT = 4096;
    private static final long ID_LIMIT = 0xffff_fffeL;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private TarContent content;
    private PaxRecords pax = PaxRecords.NONE;
    private @Nullable String longName;
    private @Nullable String longLink;

    public TarReader(InputStream in) {
        this.in = in;
        this.content = new TarContent(in, 0);
    }

    /** The next entry, or null at the end; what is left of the content before it is skipped. */
    public @Nullable TarEntry next() throws IOException {
        pax = PaxRecords.NONE;
        longName = null;
        longLink = null;
        while (true) {
            content.skipAll();
            content = new TarContent(in, 0);
            TarHeader header = header();
            if (header == null) {
                return null;
            }
            content = new TarContent(in, header.size());
            switch (header.type()) {
                case 'x' -> pax = PaxRecords.parse(extended());
                case 'g' -> {
                    var _ = extended(); // Docker's reader passes over what is said for all entries
                }
                case 'L' -> longName = untilNul(extended());
                case 'K' -> longLink = untilNul(extended());
                default -> {
                    return entry(header);
                }
            }
        }
    }

    /** The stored bytes of the current entry; without the holes of a sparse file. */
    public InputStream content() {
        return content;
    }

    private @Nullable TarHeader header() throws IOException {
        int n = in.readNBytes(block, 0, BLOCK);
        if (n == 0) {
            return null;
        }
        if (n < BLOCK) {
            throw new TarException("unexpected EOF");
        }
        if (!TarHeader.isZero(block)) {
            return new TarHeader(block);
        }
        n = in.readNBytes(block, 0, BLOCK);
        if (n == 0 || (n == BLOCK && TarHeader.isZero(block))) {
            return null;
        }
        throw new TarException("invalid tar header");
    }

    private byte[] extended() throws IOException {
        if (content.left() > EXTENDED_LIMIT) {
            throw new TarException("invalid tar header: extended header too long");
        }
        return content.readAllBytes();
    }

    private TarEntry entry(TarHeader header) throws IOException {
        String path = pax.text("GNU.sparse.name", pax.text("path", longName == null ? header.path() : longName));
        String link = pax.text("linkpath", longLink == null ? header.link() : longLink);
        limit(path);
        limit(link);
        TarType type = type(header, path);
        long stored = type == TarType.FILE ? pax.number("size", header.size()) : 0;
        if (stored < 0) {
            throw new TarException("invalid tar header: negative size");
        }
        content = new TarContent(in, stored);
        SparseMap sparse = type == TarType.FILE ? SparseFormats.read(header, pax, content, in) : null;
        return new TarEntry(
                type,
                path,
                link,
                header.mode(),
                id(pax.number("uid", header.uid())),
                id(pax.number("gid", header.gid())),
                sparse == null ? stored : sparse.size(),
                pax.time("mtime", header.seconds()),
                isDevice(type) ? header.major() : 0,
                isDevice(type) ? header.minor() : 0,
                pax == PaxRecords.NONE ? Map.of() : pax.xattrs(),
                sparse);
    }

    private static boolean isDevice(TarType type) {
        return type == TarType.CHARACTER_DEVICE || type == TarType.BLOCK_DEVICE;
    }

    private static TarType type(TarHeader header, String path) {
        return switch (header.type()) {
            case '0', '\0', '7', 'S' -> path.endsWith("/") ? TarType.DIRECTORY : TarType.FILE;
            case '1' -> TarType.HARD_LINK;
            case '2' -> TarType.SYMLINK;
            case '3' -> TarType.CHARACTER_DEVICE;
            case '4' -> TarType.BLOCK_DEVICE;
            case '5' -> TarType.DIRECTORY;
            case '6' -> TarType.FIFO;
            default -> throw new TarException("unhandled tar header type " + (int) header.type());
        };
    }

    private static int id(long value) {
        if (value < 0 || value > ID_LIMIT) {
            throw new TarException("invalid tar header: id out of range");
        }
        return (int) value;
    }

    private static void limit(String path) {
        if (path.length() > PATH_LIMIT) {
            throw new TarException("file name too long");
        }
    }

    private static String untilNul(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
