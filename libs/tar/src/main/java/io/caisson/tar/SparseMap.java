package io.caisson.tar;

import java.util.List;

/** The parts of a sparse file that are stored, in order and without overlap. */
public record SparseMap(List<Extent> extents, long size) {
    public SparseMap {
        extents = List.copyOf(extents);
        long end = 0;
        for (Extent extent : extents) {
            if (extent.offset() < end || extent.length() < 0 || extent.offset() + extent.length() > size) {
                throw new TarException("invalid sparse map");
            }
            end = extent.offset() + extent.length();
        }
    }

    /** {@code length} stored bytes that belong at {@code offset}. */
    public record Extent(long offset, long length) {}

    long stored() {
        return extents.stream().mapToLong(Extent::length).sum();
    }
}
