package io.caisson.tar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes a POSIX tar: ustar headers, and extended ones where a value does not fit. The same entries make the same bytes.
 *
 * <p>Times are written in whole seconds. Nothing is buffered but headers: give it a stream that is fast for big writes. Not
 * for use by several threads; blocks.
 */
public final class TarWriter {
    private static final int CHUNK = 128 * 1024;

    private final OutputStream out;
    private final byte[] chunk = new byte[CHUNK];

    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /** An entry without content: anything but a file, or an empty one. */
    public void put(TarEntry entry) throws IOException {
        out.write(TarEncoding.header(entry));
    }

    /**
     * A file with its content: what goes beyond the entry's size is left.
     *
     * @throws IOException when the content ends before
     */
    public void put(TarEntry entry, InputStream content) throws IOException {
        byte[] header = TarEncoding.header(entry);
        if (header.length + entry.size() <= CHUNK) {
            small(header, entry, content);
            return;
        }
        out.write(header);
        for (long left = entry.size(); left > 0; ) {
            int n = content.readNBytes(chunk, 0, (int) Math.min(left, CHUNK));
            if (n == 0) {
                throw shrunk(entry);
            }
            out.write(chunk, 0, n);
            left -= n;
        }
        out.write(new byte[padding(entry.size())]);
    }

    /** Header, content and padding in one write: most files are small. */
    private void small(byte[] header, TarEntry entry, InputStream content) throws IOException {
        int size = (int) entry.size();
        int padding = padding(size);
        byte[] whole = header.length + size + padding <= CHUNK ? chunk : new byte[header.length + size + padding];
        System.arraycopy(header, 0, whole, 0, header.length);
        if (content.readNBytes(whole, header.length, size) < size) {
            throw shrunk(entry);
        }
        Arrays.fill(whole, header.length + size, header.length + size + padding, (byte) 0);
        out.write(whole, 0, header.length + size + padding);
    }

    private static IOException shrunk(TarEntry entry) {
        return new IOException("file became shorter while it was read: " + entry.path());
    }

    /** The end mark, without which a tar is not whole. The stream stays open. */
    public void finish() throws IOException {
        out.write(new byte[2 * TarHeader.BLOCK]);
        out.flush();
    }

    private static int padding(long size) {
        return (int) -size & TarHeader.BLOCK - 1;
    }
}
