package io.caisson.kernel;

/** The 64 hex digit id of a process that was added to a running container. */
public record ExecId(String value) {
    public ExecId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("blank ExecId");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
