package io.caisson.engine.stream;

/** A stream that was dialled and accepted, not flowing yet. */
public final class DialledStream {
    private final RawStream raw;

    DialledStream(RawStream raw) {
        this.raw = raw;
    }

    RawStream raw() {
        return raw;
    }

    /** Gives it up. */
    public void close() {
        raw.close();
    }
}
