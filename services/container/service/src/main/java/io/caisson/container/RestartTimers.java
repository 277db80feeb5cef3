package io.caisson.container;

import io.caisson.kernel.ContainerId;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Restarts by policy, each after its pause. The row says that one is due: a timer lost in a crash is set again. */
@ApplicationScoped
class RestartTimers {
    private static final Logger LOG = Logger.getLogger(RestartTimers.class);

    private final Vertx vertx;
    private final StartSequence start;
    private final Set<ContainerId> waiting = ConcurrentHashMap.newKeySet();

    RestartTimers(Vertx vertx, StartSequence start) {
        this.vertx = vertx;
        this.start = start;
    }

    void schedule(ContainerId id, Duration pause) {
        if (waiting.add(id)) {
            long _ = vertx.setTimer(Math.max(1, pause.toMillis()), _ -> restart(id));
        }
    }

    private void restart(ContainerId id) {
        waiting.remove(id);
        var _ = start.restart(id)
                .subscribe()
                .with(
                        _ -> LOG.debugf("Container %s was restarted by its policy", id),
                        error -> LOG.warnf("Container %s could not be restarted: %s", id, error.getMessage()));
    }
}
