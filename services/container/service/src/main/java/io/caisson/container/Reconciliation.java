package io.caisson.container;

import io.caisson.bus.upkeep.Mended;
import io.caisson.container.model.Container;
import io.caisson.container.state.Ending;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.state.Outcome;
import io.caisson.container.state.RestartPlanner;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.TaskRef;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes up what was interrupted, once the executor has told all it knows: runs that vanished, starts that led to nothing,
 * removals half done, restarts that are due; and, as the platform starts, containers whose policy wants them to run. What it
 * mends it does in the container's turn, after another look: work that is under way is none of its business.
 */
@ApplicationScoped
class Reconciliation {
    private static final Logger LOG = Logger.getLogger(Reconciliation.class);
    private static final String SERVICE = "container";
    private static final int AT_ONCE = 8;

    private final ContainerStore store;
    private final Turns turns;
    private final ExitSequence exit;
    private final StartSequence start;
    private final RemoveSequence remove;
    private final RestartTimers timers;
    private final Kept kept;
    private final Peers peers;

    Reconciliation(
            ContainerStore store,
            Turns turns,
            ExitSequence exit,
            StartSequence start,
            RemoveSequence remove,
            RestartTimers timers,
            Kept kept,
            Peers peers) {
        this.store = store;
        this.turns = turns;
        this.exit = exit;
        this.start = start;
        this.remove = remove;
        this.timers = timers;
        this.kept = kept;
        this.peers = peers;
    }

    /** @param platformStart the first time in the life of this process */
    Uni<Done> reconcile(Listing listed, boolean platformStart) {
        return Multi.createFrom()
                .iterable(listed.before())
                .onItem()
                .transformToUni(container -> mended(listed, container, platformStart))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWith(Done.DONE);
    }

    private Uni<Done> mended(Listing listed, Container container, boolean platformStart) {
        boolean unknown = !listed.mentioned().contains(container.id());
        return mend(container, unknown, platformStart)
                .onFailure()
                .invoke(error -> LOG.warnf("Container %s: %s", container.id(), error.getMessage()))
                .onFailure()
                .recoverWithItem(Done.DONE);
    }

    private Uni<Done> mend(Container container, boolean unknown, boolean platformStart) {
        return switch (container.lifecycle()) {
            case Lifecycle.Live live when unknown -> vanished(container, live, platformStart);
            case Lifecycle.Running _ when platformStart -> turns.take(container.id(), () -> goesOn(container));
            case Lifecycle.Live _ -> nothing();
            case Lifecycle.Starting _ -> unknown ? turns.take(container.id(), () -> interrupted(container)) : nothing();
            case Lifecycle.Removing _, Lifecycle.Dead _ -> turns.take(container.id(), () -> removeAgain(container));
            case Lifecycle.Restarting _ -> {
                timers.schedule(container.id(), platformStart ? Duration.ZERO : rest(container));
                yield nothing();
            }
            case Lifecycle.Exited exited ->
                platformStart
                        ? atPlatformStart(container, exited.last())
                        : turns.take(container.id(), () -> overdue(container));
            case Lifecycle.Created _ -> nothing();
        };
    }

    /** Who froze it for a moment, to commit it, may not have lived long enough to let it go on. */
    private Uni<Done> goesOn(Container before) {
        return store.get(before.id())
                .chain(now -> now.map(Container::lifecycle).orElse(null) instanceof Lifecycle.Running
                        ? peers.executor().resume(new TaskRef(before.node(), before.id()))
                        : nothing());
    }

    /** Only if it is still the same run. */
    private Uni<Done> vanished(Container before, Lifecycle.Live live, boolean platformStart) {
        return turns.take(before.id(), () -> store.get(before.id())
                .chain(now -> isSameRun(now, live) ? lost(before, platformStart) : nothing()));
    }

    /** What went down with its host and comes back with it has the addresses that it had. */
    private Uni<Done> lost(Container before, boolean withTheHost) {
        Mended.note(SERVICE, "lost run", before.id().value());
        var ending = new Ending(TaskCheck.UNKNOWN_END, false, Instant.now());
        return withTheHost
                ? exit.wentDown(before.node(), before.id(), ending)
                : exit.endedInTurn(before.node(), before.id(), ending);
    }

    /** What is left of the pause before a restart whose timer is not there. */
    private static Duration rest(Container container) {
        Instant ended = container.lifecycle().shown().finishedAt();
        Duration passed = ended == null ? Duration.ZERO : Duration.between(ended, Instant.now());
        Duration rest = container.restarts().pause().minus(passed);
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    private static boolean isSameRun(Optional<Container> now, Lifecycle.Live before) {
        return now.map(Container::lifecycle).orElse(null) instanceof Lifecycle.Live live
                && live.startedAt().equals(before.startedAt());
    }

    private Uni<Done> interrupted(Container before) {
        return store.get(before.id()).chain(now -> now.filter(
                        container -> container.lifecycle() instanceof Lifecycle.Starting)
                .map(container -> start.fail(container, Fault.internal("the start was interrupted", null))
                        .invoke(() -> Mended.note(
                                SERVICE, "interrupted start", container.id().value())))
                .orElseGet(Reconciliation::nothing));
    }

    private Uni<Done> removeAgain(Container before) {
        return store.get(before.id()).chain(now -> now.isEmpty() ? nothing() : removeAgainNow(before));
    }

    private Uni<Done> removeAgainNow(Container container) {
        return remove.removeInTurn(container.id(), container.autoRemove(), true)
                .invoke(() -> Mended.note(
                        SERVICE, "unfinished removal", container.id().value()));
    }

    /** An auto-removed one whose removal did not even begin. */
    private Uni<Done> overdue(Container before) {
        if (!before.autoRemove()) {
            return nothing();
        }
        return store.get(before.id())
                .chain(now -> now.filter(container -> container.lifecycle() instanceof Lifecycle.Exited)
                        .filter(container -> !kept.contains(container.id()))
                        .map(this::removeAgainNow)
                        .orElseGet(Reconciliation::nothing));
    }

    private Uni<Done> atPlatformStart(Container container, Outcome last) {
        if (container.autoRemove()) {
            return turns.take(container.id(), () -> remove.removeInTurn(container));
        }
        boolean wanted = RestartPlanner.startsWithPlatform(
                container.definition().hostConfig().restartPolicy(),
                last.exitCode(),
                container.restarts().stoppedByUser(),
                container.restarts().count());
        return wanted ? start.restart(container.id()) : nothing();
    }

    private static Uni<Done> nothing() {
        return Uni.createFrom().item(Done.DONE);
    }
}
