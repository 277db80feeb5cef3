package io.caisson.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The one exception that crosses a port: what went wrong, in words for the person who asked.
 *
 * <p>A fault keeps its kind and message over the bus; its cause stays in the process that raised it. The gateway alone
 * maps kinds to HTTP status codes.
 */
public final class Fault extends RuntimeException {
    private final Kind kind;

    public Fault(Kind kind, String message) {
        this(kind, message, null);
    }

    public Fault(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Never null, unlike {@link Throwable#getMessage()}. */
    public String message() {
        return String.valueOf(getMessage());
    }

    public static Fault invalid(String message) {
        return new Fault(Kind.INVALID, message);
    }

    public static Fault notFound(String message) {
        return new Fault(Kind.NOT_FOUND, message);
    }

    public static Fault conflict(String message) {
        return new Fault(Kind.CONFLICT, message);
    }

    public static Fault notModified(String message) {
        return new Fault(Kind.NOT_MODIFIED, message);
    }

    public static Fault unsupported(String message) {
        return new Fault(Kind.UNSUPPORTED, message);
    }

    public static Fault internal(String message, @Nullable Throwable cause) {
        return new Fault(Kind.INTERNAL, message, cause);
    }

    /** {@code t} itself when it is a fault, else an INTERNAL one that keeps it as its cause. */
    public static Fault of(Throwable t) {
        if (t instanceof Fault fault) {
            return fault;
        }
        if (t instanceof IllegalArgumentException) {
            return new Fault(Kind.INVALID, String.valueOf(t.getMessage()), t);
        }
        String message = t.getMessage();
        return new Fault(Kind.INTERNAL, message == null ? t.getClass().getSimpleName() : message, t);
    }

    /** What class of trouble it is; the order is part of the wire format between services: append only. */
    public enum Kind {
        /** The request cannot be right, now or later. */
        INVALID,
        /** What it names does not exist. */
        NOT_FOUND,
        /** It clashes with the state of things. */
        CONFLICT,
        /** It is already so. */
        NOT_MODIFIED,
        /** Who asks is not known. */
        UNAUTHORIZED,
        /** Who asks may not. */
        FORBIDDEN,
        /** Something it needs does not answer; trying again may help. */
        UNAVAILABLE,
        /** Nobody implements it. */
        UNSUPPORTED,
        /** Whoever asked went away. */
        CANCELLED,
        /** A defect, or a machine that fails. */
        INTERNAL
    }
}
