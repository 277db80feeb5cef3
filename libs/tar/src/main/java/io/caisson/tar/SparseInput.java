package io.caisson.tar;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A sparse file as its readers see it: stored bytes, and zeros in between. */
public final class SparseInput extends InputStream {
    private final SparseMap map;
    private final InputStream stored;
    private int next;
    private long position;

    public SparseInput(SparseMap map, InputStream stored) {
        this.map = map;
        this.stored = stored;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (next < map.extents().size() && position == end(next)) {
            next++;
        }
        if (position == map.size()) {
            return -1;
        }
        boolean inExtent = next < map.extents().size()
                && position >= map.extents().get(next).offset();
        long until = inExtent
                ? end(next)
                : next < map.extents().size() ? map.extents().get(next).offset() : map.size();
        int wanted = (int) Math.min(length, until - position);
        int n = inExtent ? stored.read(bytes, offset, wanted) : zeros(bytes, offset, wanted);
        position += Math.max(0, n);
        return n;
    }

    private static int zeros(byte[] bytes, int offset, int length) {
        Arrays.fill(bytes, offset, offset + length, (byte) 0);
        return length;
    }

    private long end(int extent) {
        return map.extents().get(extent).offset() + map.extents().get(extent).length();
    }
}
