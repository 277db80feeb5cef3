package io.caisson.kernel;

/** A container's 64 hex digit id. */
public record ContainerId(String value) {
    public ContainerId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("blank ContainerId");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
