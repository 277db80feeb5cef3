package io.caisson.tar;

/** The bytes are not a tar, or one that asks for what it must not. */
public final class TarException extends RuntimeException {
    public TarException(String message) {
        super(message);
    }
}
