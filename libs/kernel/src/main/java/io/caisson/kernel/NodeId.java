package io.caisson.kernel;

/** A host that holds blobs, snapshots and containers; stable across restarts. */
public record NodeId(String value) {
    public NodeId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("blank NodeId");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
