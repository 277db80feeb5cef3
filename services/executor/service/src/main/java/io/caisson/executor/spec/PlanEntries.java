package io.caisson.executor.spec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A file for the monitor: entries {@code key=value}, each with a NUL at its end. */
final class PlanEntries {
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private boolean possible = true;

    /** A value with a NUL makes the plan impossible. */
    void add(String key, Object value) {
        String text = value.toString();
        require(text.indexOf('\0') < 0);
        entries.writeBytes((key + "=" + text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    /** What is not so is for a runtime. */
    void require(boolean condition) {
        possible &= condition;
    }

    Optional<byte[]> whenPossible() {
        return possible ? Optional.of(entries.toByteArray()) : Optional.empty();
    }
}
