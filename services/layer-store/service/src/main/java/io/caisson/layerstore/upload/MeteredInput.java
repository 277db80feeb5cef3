package io.caisson.layerstore.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how much has been read so far. */
final class MeteredInput extends FilterInputStream {
    private final LongConsumer reader;
    private long count;

    MeteredInput(InputStream in, LongConsumer reader) {
        super(in);
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
            count(1);
        }
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        if (n > 0) {
            count(n);
        }
        return n;
    }

    private void count(int n) {
        count += n;
        reader.accept(count);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
