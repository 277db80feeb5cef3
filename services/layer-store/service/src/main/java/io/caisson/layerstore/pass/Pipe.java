package io.caisson.layerstore.pass;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bytes from one thread to another in whole arrays, at most {@value #CAPACITY} on their way. Arrays that were put belong to
 * their readers and are not written to again; one array may go into several pipes.
 *
 * <p>A reader that closes its end wants no more: what is put from then on is dropped.
 */
final class Pipe extends InputStream {
    /** The other side, or another thread of the crew, has failed. */
    static final class CutException extends IOException {
        CutException(Throwable cause) {
            super("cut off", cause);
        }
    }

    static final int CHUNK = 128 * 1024;
    private static final int CAPACITY = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;
    private byte[] current = new byte[0];
    private int position;
    private final AtomicLong taken = new AtomicLong();

    /** Waits for room. */
    void put(byte[] chunk) throws IOException {
        lock.lock();
        try {
            while (queue.size() >= CAPACITY && !closed && failure == null) {
                await();
            }
            if (failure != null) {
                throw new CutException(failure);
            }
            if (!closed && chunk.length > 0) {
                queue.add(chunk);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing follows. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Stops both sides, now. */
    void cut(Throwable reason) {
        lock.lock();
        try {
            failure = reason;
            queue.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next array, or null at the end. */
    byte @Nullable [] take() throws IOException {
        lock.lock();
        try {
            while (queue.isEmpty() && !ended && failure == null) {
                await();
            }
            if (failure != null) {
                throw new CutException(failure);
            }
            byte[] chunk = queue.poll();
            changed.signalAll();
            return chunk;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its callers loop
    private void await() throws InterruptedIOException {
        try {
            changed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** How many bytes the reader has had; from any thread. */
    long taken() {
        return taken.get();
    }

    private boolean fill() throws IOException {
        while (position == current.length) {
            byte[] chunk = take();
            if (chunk == null) {
                return false;
            }
            taken.addAndGet(chunk.length);
            current = chunk;
            position = 0;
        }
        return true;
    }

    /** The first bytes, at most as many, which stay to be read; only before the first reading. */
    byte[] peek(int count) throws IOException {
        byte[] start = readNBytes(count);
        byte[] whole = Arrays.copyOf(start, start.length + current.length - position);
        System.arraycopy(current, position, whole, start.length, current.length - position);
        current = whole;
        position = 0;
        return start;
    }

    @Override
    public int read() throws IOException {
        return fill() ? current[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!fill()) {
            return -1;
        }
        int n = Math.min(length, current.length - position);
        System.arraycopy(current, position, bytes, offset, n);
        position += n;
        return n;
    }

    @Override
    public long skip(long wanted) throws IOException {
        if (!fill()) {
            return 0;
        }
        int n = (int) Math.min(wanted, current.length - position);
        position += n;
        return n;
    }

    /** Zero at the end only: gzip asks so whether another member follows. Waits until it is known. */
    @Override
    public int available() throws IOException {
        return fill() ? current.length - position : 0;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
