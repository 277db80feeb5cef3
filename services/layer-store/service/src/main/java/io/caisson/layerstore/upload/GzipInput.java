package io.caisson.layerstore.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;

/** Compresses what is read from it (RFC 1952); nothing but the content goes into the bytes, so they are always the same. */
final class GzipInput extends InputStream {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER = 8;
    private static final int BUFFER = 64 * 1024;

    private final CRC32 checksum = new CRC32();
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final InputStream body;
    private ByteBuffer frame = ByteBuffer.wrap(HEADER);
    private boolean ended;

    GzipInput(InputStream plain) {
        this.body = new DeflaterInputStream(new CheckedInputStream(plain, checksum), deflater, BUFFER);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!frame.hasRemaining() && !ended) {
            int n = body.read(bytes, offset, length);
            if (n >= 0) {
                return n;
            }
            ended = true;
            frame = trailer();
        }
        if (!frame.hasRemaining()) {
            return -1;
        }
        int n = Math.min(length, frame.remaining());
        frame.get(bytes, offset, n);
        return n;
    }

    private ByteBuffer trailer() {
        return ByteBuffer.allocate(TRAILER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) checksum.getValue())
                .putInt((int) deflater.getBytesRead())
                .flip();
    }

    @Override
    public void close() throws IOException {
        try (body) {
            deflater.end();
        }
    }
}
