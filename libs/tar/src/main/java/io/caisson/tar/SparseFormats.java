package io.caisson.tar;

import io.caisson.tar.SparseMap.Extent;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways in which GNU tar tells where a file has holes: its own old header, and PAX 0.1 and 1.0. */
final class SparseFormats {
    private static final int EXTENTS = 1 << 20;
    private static final int NUMBER = 12;

    private SparseFormats() {}

    /** Null where the file has none; the content then starts with the first stored byte. */
    static @Nullable SparseMap read(TarHeader header, PaxRecords pax, TarContent content, InputStream in)
            throws IOException {
        SparseMap map = map(header, pax, content, in);
        if (map != null && map.stored() != content.left()) {
            throw new TarException("invalid sparse map");
        }
        return map;
    }

    private static @Nullable SparseMap map(TarHeader header, PaxRecords pax, TarContent content, InputStream in)
            throws IOException {
        if (header.type() == 'S') {
            return old(header, in);
        }
        String list = pax.text("GNU.sparse.map");
        if (list != null) {
            return listed(list, pax.number("GNU.sparse.size", 0));
        }
        if (pax.number("GNU.sparse.major", 0) == 1) {
            return leading(content, pax.number("GNU.sparse.realsize", 0));
        }
        if (pax.text("GNU.sparse.numblocks") != null) {
            throw new TarException("sparse format 0.0 is not supported");
        }
        return null;
    }

    private static SparseMap old(TarHeader header, InputStream in) throws IOException {
        var extents = new ArrayList<Extent>();
        take(header, 386, 4, extents);
        boolean more = header.at(482) != 0;
        while (more) {
            byte[] block = in.readNBytes(TarHeader.BLOCK);
            if (block.length < TarHeader.BLOCK || extents.size() > EXTENTS) {
                throw new TarException("invalid sparse map");
            }
            var extension = TarHeader.unverified(block);
            take(extension, 0, 21, extents);
            more = extension.at(504) != 0;
        }
        return new SparseMap(extents, header.number(483, NUMBER));
    }

    private static void take(TarHeader header, int at, int count, List<Extent> extents) {
        for (int i = 0; i < count; i++, at += 2 * NUMBER) {
            if (header.at(at) == 0) {
                return;
            }
            extents.add(new Extent(header.number(at, NUMBER), header.number(at + NUMBER, NUMBER)));
        }
    }

    private static SparseMap listed(String list, long size) {
        String[] numbers = list.split(",");
        var extents = new ArrayList<Extent>();
        for (int i = 0; i + 1 < numbers.length; i += 2) {
            extents.add(new Extent(number(numbers[i]), number(numbers[i + 1])));
        }
        return new SparseMap(extents, size);
    }

    private static SparseMap leading(TarContent content, long size) throws IOException {
        long before = content.left();
        long count = line(content);
        if (count > EXTENTS) {
            throw new TarException("invalid sparse map");
        }
        var extents = new ArrayList<Extent>();
        for (long i = 0; i < count; i++) {
            extents.add(new Extent(line(content), line(content)));
        }
        long used = before - content.left();
        content.skipNBytes(-used & TarHeader.BLOCK - 1);
        return new SparseMap(extents, size);
    }

    private static long line(TarContent content) throws IOException {
        var digits = new StringBuilder();
        for (int c = content.read(); c != '\n'; c = content.read()) {
            if (c < 0 || digits.length() > 20) {
                throw new TarException("invalid sparse map");
            }
            digits.append((char) c);
        }
        return number(digits.toString());
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException _) {
            throw new TarException("invalid sparse map");
        }
    }
}
