package io.caisson.container;

import io.caisson.container.api.ContainerHealth;
import io.caisson.container.api.ContainerHealth.Probe;
import io.caisson.container.health.HealthCheck;
import io.caisson.container.model.Container;
import io.caisson.container.model.Exec;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.Change;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.ProbeResult;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import io.caisson.metadata.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Probes the containers that run and have a health check, each with one timer. What a probe said is in the container's row;
 * what is here can be begun again from there.
 */
@ApplicationScoped
class HealthWatch {
    private static final Logger LOG = Logger.getLogger(HealthWatch.class);

    private final Vertx vertx;
    private final ContainerStore store;
    private final Peers peers;
    private final Map<ContainerId, Watched> watched = new ConcurrentHashMap<>();

    HealthWatch(Vertx vertx, ContainerStore store, Peers peers) {
        this.vertx = vertx;
        this.store = store;
        this.peers = peers;
    }

    /** One run of a container, until it ends or is paused. */
    private static final class Watched {
        final ContainerId id;
        final Instant startedAt;
        final HealthCheck check;
        volatile long timer = -1;

        Watched(ContainerId id, Instant startedAt, HealthCheck check) {
            this.id = id;
            this.startedAt = startedAt;
            this.check = check;
        }
    }

    /** From now on, if it runs and has a health check; done already is fine. */
    void follow(Container container) {
        if (container.lifecycle() instanceof Lifecycle.Running running) {
            Instant startedAt = micros(running.startedAt());
            HealthCheck.of(container.definition().config())
                    .ifPresent(check -> follow(container, new Watched(container.id(), startedAt, check)));
        }
    }

    private void follow(Container container, Watched fresh) {
        Watched known = watched.compute(
                container.id(), (_, old) -> old != null && old.startedAt.equals(fresh.startedAt) ? old : fresh);
        if (known == fresh) {
            schedule(fresh, HealthCheck.starting(container.health()));
        }
    }

    void forget(ContainerId id) {
        Watched gone = watched.remove(id);
        if (gone != null) {
            vertx.cancelTimer(gone.timer);
        }
    }

    private boolean isWatched(Watched run) {
        return watched.get(run.id) == run;
    }

    private void schedule(Watched run, ContainerHealth health) {
        if (isWatched(run)) {
            long pause = run.check.pause(health, run.startedAt, Instant.now()).toMillis();
            run.timer = vertx.setTimer(Math.max(1, pause), _ -> tick(run));
        }
    }

    private void tick(Watched run) {
        var _ = probed(run)
                .subscribe()
                .with(
                        found -> found.ifPresentOrElse(
                                container -> schedule(run, health(container)), () -> watched.remove(run.id, run)),
                        error -> {
                            LOG.warnf("Health of container %s: %s", run.id, error.getMessage());
                            schedule(run, HealthCheck.starting(null));
                        });
    }

    /** Empty when it is not to be watched any more. */
    private Uni<Optional<Container>> probed(Watched run) {
        return store.get(run.id)
                .map(found -> found.filter(container -> isSame(run, container)))
                .chain(found -> found.map(container -> probed(run, container))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    private Uni<Optional<Container>> probed(Watched run, Container container) {
        Exec exec = HealthPlan.exec(container, run.check);
        Instant start = Instant.now();
        return store.tell(ExecPlan.event(container, exec, "exec_create"))
                .chain(() -> store.tell(ExecPlan.event(container, exec, "exec_start")))
                .chain(() -> peers.executor().probe(HealthPlan.probe(container, exec, run.check)))
                .map(result -> new Seen(HealthPlan.logged(result, run.check), died(container, exec, result)))
                .onFailure(error -> !isConflict(error))
                .recoverWithItem(error -> new Seen(HealthPlan.logged(start, error), List.of()))
                .chain(seen -> store.change(run.id, current -> changed(run, current, seen)))
                .onFailure(HealthWatch::isConflict)
                .recoverWithUni(() -> store.get(run.id))
                .map(found -> found.filter(current -> isSame(run, current)));
    }

    /** What came of a probe. */
    private record Seen(Probe probe, List<Event> events) {}

    private static List<Event> died(Container container, Exec exec, ProbeResult result) {
        return List.of(ExecPlan.died(container, exec, result.exitCode()));
    }

    private Change changed(Watched run, Container container, Seen seen) {
        if (!isSame(run, container)) {
            return new Change(container, seen.events());
        }
        ContainerHealth before = health(container);
        ContainerHealth after = run.check.after(before, seen.probe(), run.startedAt);
        List<Event> events = new ArrayList<>(seen.events());
        if (before.status() != after.status()) {
            events.add(ContainerEvents.of(
                    container, "health_status: " + after.status().text()));
        }
        return new Change(container.with(after), events);
    }

    private boolean isSame(Watched run, Container container) {
        return isWatched(run)
                && container.lifecycle() instanceof Lifecycle.Running running
                && micros(running.startedAt()).equals(run.startedAt);
    }

    private static ContainerHealth health(Container container) {
        ContainerHealth health = container.health();
        return health == null ? HealthCheck.starting(null) : health;
    }

    /** The container has just ended or been paused. */
    private static boolean isConflict(Throwable error) {
        return error instanceof Fault fault && fault.kind() == Fault.Kind.CONFLICT;
    }

    /** What the database keeps of a time. */
    private static Instant micros(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    @PreDestroy
    void close() {
        watched.keySet().forEach(this::forget);
    }
}
