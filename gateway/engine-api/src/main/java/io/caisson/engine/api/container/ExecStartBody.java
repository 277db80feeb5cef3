package io.caisson.engine.api.container;

import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.JsonBody;
import io.caisson.kernel.Fault;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of a request to start an exec. The terminal's size only counts with a terminal that somebody sees. */
public record ExecStartBody(
        boolean detach, boolean tty, @Nullable List<Integer> consoleSize) {
    private static final int SIZED = 42;
    private static final int DIMENSIONS = 2;

    /** No body at all stands for one without anything in it. */
    public static ExecStartBody parse(byte[] bytes, ApiVersion version) {
        if (bytes.length == 0) {
            return new ExecStartBody(false, false, null);
        }
        ExecStartBody body = JsonBody.read(bytes, ExecStartBody.class);
        List<Integer> size = Objects.requireNonNullElse(body.consoleSize(), List.of());
        if (!version.atLeast(SIZED) || !body.tty() || body.detach()) {
            return new ExecStartBody(body.detach(), body.tty(), null);
        }
        if (!size.isEmpty() && size.size() != DIMENSIONS) {
            throw Fault.invalid("invalid console size: expected height and width");
        }
        return body;
    }

    public int rows() {
        return dimension(0);
    }

    public int columns() {
        return dimension(1);
    }

    private int dimension(int index) {
        List<Integer> size = Objects.requireNonNullElse(consoleSize, List.of());
        return size.isEmpty() ? 0 : Objects.requireNonNullElse(size.get(index), 0);
    }
}
