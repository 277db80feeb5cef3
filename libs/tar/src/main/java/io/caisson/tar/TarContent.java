package io.caisson.tar;

import java.io.IOException;
import java.io.InputStream;

/** The stored bytes of one entry; ends where they do, and knows the padding behind them. */
final class TarContent extends InputStream {
    private final InputStream in;
    private final int padding;
    private long left;

    TarContent(InputStream in, long size) {
        this.in = in;
        this.left = size;
        this.padding = (int) -size & TarHeader.BLOCK - 1;
    }

    long left() {
        return left;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 || length == 0) {
            return left == 0 ? -1 : 0;
        }
        int n = in.read(bytes, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw new TarException("unexpected EOF");
        }
        left -= n;
        return n;
    }

    /** Goes to the start of the next header. */
    void skipAll() throws IOException {
        long rest = left + padding;
        left = 0;
        while (rest > 0) {
            long n = in.skip(rest);
            if (n <= 0 && in.read() < 0) {
                throw new TarException("unexpected EOF");
            }
            rest -= n <= 0 ? 1 : n;
        }
    }
}
