package io.caisson.container.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the last run went.
 *
 * @param error why the last start failed; empty when it did not
 * @param startedAt null before the first start
 */
public record Outcome(
        int exitCode,
        boolean oomKilled,
        String error,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    public static final Outcome NONE = new Outcome(0, false, "", null, null);

    Outcome failed(int code, String why) {
        return new Outcome(code, false, why, startedAt, finishedAt);
    }
}
