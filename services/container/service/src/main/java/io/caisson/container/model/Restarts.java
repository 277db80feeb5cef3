package io.caisson.container.model;

import java.time.Duration;

/**
 * The restart policy's memory.
 *
 * @param count restarts by the policy since the last start by a user
 * @param pause before the last of them
 * @param stoppedByUser a user ended it, so the policy leaves it alone
 */
public record Restarts(int count, Duration pause, boolean stoppedByUser) {
    public static final Restarts NONE = new Restarts(0, Duration.ZERO, false);

    public Restarts stopped() {
        return new Restarts(count, pause, true);
    }

    public Restarts again(Duration newPause) {
        return new Restarts(count + 1, newPause, stoppedByUser);
    }
}
