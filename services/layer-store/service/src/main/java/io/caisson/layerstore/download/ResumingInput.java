package io.caisson.layerstore.download;

import io.caisson.kernel.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** A body of known size that is asked for again, from where it broke off. */
final class ResumingInput extends InputStream {
    private static final long PAUSE_MILLIS = 200;
    /** So much progress, and the attempts count anew. */
    private static final long PROGRESS = 1 << 20;

    private final BlobRequest request;
    private final long size;
    private final int attempts;
    private int failures;
    private long position;
    private long brokeAt;
    private @Nullable InputStream body;

    ResumingInput(BlobRequest request, long size, int attempts) {
        this.request = request;
        this.size = size;
        this.attempts = attempts;
    }

    /** Asks until there is an answer. */
    InputStream connect() throws IOException {
        while (true) {
            InputStream open = body;
            if (open != null) {
                return open;
            }
            try {
                body = request.open(position, size);
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (true) {
            try {
                InputStream open = connect();
                if (position == size) {
                    return atEnd(open);
                }
                int n = open.read(bytes, offset, (int) Math.min(length, size - position));
                if (n < 0) {
                    throw new EOFException("unexpected EOF");
                }
                position += n;
                return n;
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    private int atEnd(InputStream open) {
        try {
            if (open.read() < 0) {
                return -1;
            }
        } catch (IOException _) {
            return -1; // all that is wanted has come
        }
        throw Fault.invalid("unexpected size of blob: more than " + size + " bytes");
    }

    private void failed(IOException error) throws IOException {
        close();
        if (Thread.currentThread().isInterrupted()) {
            throw error;
        }
        if (position - brokeAt > PROGRESS) {
            failures = 0;
        }
        brokeAt = position;
        failures++;
        if (failures >= attempts) {
            throw new Fault(
                    Fault.Kind.UNAVAILABLE,
                    "cannot download from " + request.host() + ": " + error.getMessage(),
                    error);
        }
        pause();
    }

    private void pause() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE_MILLIS << failures);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() {
        InputStream open = body;
        body = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException _) {
                // it is given up anyway
            }
        }
    }
}
