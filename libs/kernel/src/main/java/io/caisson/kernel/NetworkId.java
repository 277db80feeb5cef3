package io.caisson.kernel;

/** A network's 64 hex digit id. */
public record NetworkId(String value) {
    public NetworkId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("blank NetworkId");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
