package io.caisson.kernel;

/** A read-write snapshot; the container's id is used for its own. */
public record SnapshotId(String value) {
    public SnapshotId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("blank SnapshotId");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
