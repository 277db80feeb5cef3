package io.caisson.container;

import io.caisson.container.model.Container;
import io.caisson.container.model.Restarts;
import io.caisson.container.state.Ending;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.state.RestartPlanner;
import io.caisson.container.store.Change;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.TaskRef;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.NodeId;
import io.caisson.metadata.Event;
import io.caisson.network.api.DetachContainer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a container's end: it is recorded with its event while its network is given back, those who wait are
 * woken, and the host forgets the task; then the restart policy or auto-removal has its say.
 *
 * <p>Idempotent: an end that is recorded already is only cleaned up after.
 */
@ApplicationScoped
class ExitSequence {
    private static final Logger LOG = Logger.getLogger(ExitSequence.class);

    private final ContainerStore store;
    private final Turns turns;
    private final Peers peers;
    private final Endings endings;
    private final RemoveSequence remove;
    private final RestartTimers timers;
    private final Kept kept;
    private final HealthWatch health;

    ExitSequence(
            ContainerStore store,
            Turns turns,
            Peers peers,
            Endings endings,
            RemoveSequence remove,
            RestartTimers timers,
            Kept kept,
            HealthWatch health) {
        this.store = store;
        this.turns = turns;
        this.peers = peers;
        this.endings = endings;
        this.remove = remove;
        this.timers = timers;
        this.kept = kept;
        this.health = health;
    }

    Uni<Done> ended(NodeId node, ContainerId id, Ending ending) {
        return turns.take(id, () -> endedInTurn(node, id, ending));
    }

    /** Within the container's turn. */
    Uni<Done> endedInTurn(NodeId node, ContainerId id, Ending ending) {
        return store.get(id).chain(found -> found.map(
                        container -> isNews(container, ending) ? record(id, ending) : cleaned(container))
                .orElseGet(() -> orphaned(node, id)));
    }

    /** The same for a run that went down with its host: one that comes back keeps its addresses. */
    Uni<Done> wentDown(NodeId node, ContainerId id, Ending ending) {
        var recorded = new AtomicBoolean();
        return store.change(id, container -> end(container, ending, recorded))
                .call(found -> isComingBack(found) ? Uni.createFrom().item(Done.DONE) : detach(id))
                .chain(found -> found.map(container -> afterwards(container, recorded.get()))
                        .orElseGet(() -> orphaned(node, id)));
    }

    private static boolean isComingBack(Optional<Container> found) {
        return found.map(Container::lifecycle).orElse(null) instanceof Lifecycle.Restarting;
    }

    private static boolean isNews(Container container, Ending ending) {
        return switch (container.lifecycle()) {
            case Lifecycle.Live live -> !isOlder(ending, live);
            case Lifecycle.Starting _ -> true;
            case Lifecycle.Startable _, Lifecycle.Removable _, Lifecycle.Removing _ -> false;
        };
    }

    private Uni<Done> record(ContainerId id, Ending ending) {
        var recorded = new AtomicBoolean();
        Uni<Optional<Container>> written = store.change(id, container -> end(container, ending, recorded));
        return Uni.combine()
                .all()
                .unis(written, detach(id))
                .with((container, _) -> container)
                .chain(found -> found.map(container -> afterwards(container, recorded.get()))
                        .orElseGet(() -> Uni.createFrom().item(Done.DONE)));
    }

    private static Change end(Container container, Ending ending, AtomicBoolean recorded) {
        Lifecycle.Live live = run(container.lifecycle(), ending);
        recorded.set(live != null && !isOlder(ending, live));
        if (live == null || !recorded.get()) {
            return Change.of(container);
        }
        var host = container.definition().hostConfig();
        Restarts restarts = container.restarts();
        boolean again = RestartPlanner.restarts(
                host.restartPolicy(), ending.exitCode(), restarts.stoppedByUser(), restarts.count());
        Duration pause = RestartPlanner.pause(restarts.pause(), Duration.between(live.startedAt(), ending.at()));
        Container ended = container.ended();
        Container next =
                again ? ended.in(live.restarting(ending)).with(restarts.again(pause)) : ended.in(live.exited(ending));
        return new Change(next, events(next, ending, live));
    }

    /** A start whose outcome was never written down has led to a run all the same. */
    private static Lifecycle.@Nullable Live run(Lifecycle lifecycle, Ending ending) {
        if (lifecycle instanceof Lifecycle.Starting starting) {
            return starting.running(0, ending.at());
        }
        return lifecycle instanceof Lifecycle.Live live ? live : null;
    }

    /** News of an earlier run that come late, or once more. */
    static boolean isOlder(Ending ending, Lifecycle.Live live) {
        return ending.at().isBefore(live.startedAt().truncatedTo(ChronoUnit.MICROS));
    }

    private static List<Event> events(Container container, Ending ending, Lifecycle.Live live) {
        List<Event> events = new ArrayList<>();
        if (ending.oomKilled()) {
            events.add(ContainerEvents.of(container, "oom"));
        }
        events.add(ContainerEvents.die(container, ending, live.startedAt()));
        return events;
    }

    private Uni<Done> afterwards(Container container, boolean recorded) {
        if (recorded) {
            health.forget(container.id());
            endings.tell(container, false);
        }
        return cleaned(container);
    }

    /** Not while it runs again. */
    private Uni<Done> cleaned(Container container) {
        if (container.lifecycle() instanceof Lifecycle.Live) {
            return Uni.createFrom().item(Done.DONE);
        }
        var task = new TaskRef(container.node(), container.id());
        return quietly("release", container.id(), peers.executor().release(task))
                .chain(() -> next(container));
    }

    private Uni<Done> next(Container container) {
        if (container.lifecycle() instanceof Lifecycle.Restarting) {
            timers.schedule(container.id(), container.restarts().pause());
        } else if (container.lifecycle() instanceof Lifecycle.Exited
                && container.autoRemove()
                && !kept.contains(container.id())) {
            return remove.removeInTurn(container);
        }
        return Uni.createFrom().item(Done.DONE);
    }

    private Uni<Done> detach(ContainerId id) {
        return quietly("detach", id, peers.networks().detach(new DetachContainer(id)));
    }

    /** A task nobody knows: its container was removed, or never came to be. */
    private Uni<Done> orphaned(NodeId node, ContainerId id) {
        return quietly("purge", id, peers.executor().purge(new TaskRef(node, id)));
    }

    private static Uni<Done> quietly(String what, ContainerId id, Uni<Done> work) {
        return work.onFailure()
                .invoke(error -> LOG.warnf("%s of container %s failed: %s", what, id, error.getMessage()))
                .onFailure()
                .recoverWithItem(Done.DONE);
    }
}
