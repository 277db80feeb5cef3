package io.caisson.kernel;

/** A container's connection to a network, 64 hex digits. */
public record EndpointId(String value) {
    public EndpointId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("blank EndpointId");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
