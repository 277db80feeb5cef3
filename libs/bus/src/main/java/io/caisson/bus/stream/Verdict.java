package io.caisson.bus.stream;

import io.caisson.kernel.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a receiver of bytes says at the end: {@code ok}, or a fault's kind and message. */
public final class Verdict {
    /** A longer one is cut. */
    public static final int LIMIT = 64 << 10;

    private static final String OK = "ok";

    private Verdict() {}

    public static byte[] ok() {
        return OK.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] of(Fault fault) {
        return (fault.kind() + " " + fault.message()).getBytes(StandardCharsets.UTF_8);
    }

    /** Empty when all went well; UNAVAILABLE when the receiver went away without a word. */
    public static Optional<Fault> parse(byte[] verdict) {
        String text = new String(verdict, StandardCharsets.UTF_8);
        if (text.equals(OK)) {
            return Optional.empty();
        }
        int space = text.indexOf(' ');
        if (space < 0) {
            return Optional.of(new Fault(Fault.Kind.UNAVAILABLE, "the upload was refused half-way"));
        }
        return Optional.of(new Fault(Fault.Kind.valueOf(text.substring(0, space)), text.substring(space + 1)));
    }
}
