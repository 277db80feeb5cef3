package io.caisson.container;

import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.process.Signals;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.Change;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.SignalTask;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code docker kill}, and the signals of stop, restart and remove. */
@ApplicationScoped
class KillSequence {
    private static final Duration UNTIL_DEAD = Duration.ofSeconds(30);

    private final ContainerStore store;
    private final Turns turns;
    private final Peers peers;
    private final Endings endings;
    private final PauseSequence pause;
    private final TaskCheck check;

    KillSequence(
            ContainerStore store, Turns turns, Peers peers, Endings endings, PauseSequence pause, TaskCheck check) {
        this.store = store;
        this.turns = turns;
        this.peers = peers;
        this.endings = endings;
        this.pause = pause;
        this.check = check;
    }

    /** With SIGKILL it answers when the container has ended. */
    Uni<Done> kill(String nameOrId, @Nullable String signalText) {
        return Uni.createFrom().deferred(() -> {
            int signal = Absent.text(signalText).isEmpty() ? Signals.KILL : Signals.parse(Absent.text(signalText));
            return store.find(nameOrId)
                    .invoke(container -> requireRunning(container, nameOrId))
                    .chain(container -> signal == Signals.KILL ? killAndWait(container) : send(container.id(), signal));
        });
    }

    private static void requireRunning(Container container, String nameOrId) {
        if (!(container.lifecycle() instanceof Lifecycle.Live)) {
            throw Fault.conflict(
                    "cannot kill container: " + nameOrId + ": container " + container.id() + " is not running");
        }
    }

    /** SIGKILL, and its end awaited. */
    Uni<Done> killAndWait(Container seen) {
        return send(seen.id(), Signals.KILL)
                .chain(() -> endings.nextAfter(seen))
                .ifNoItem()
                .after(UNTIL_DEAD)
                .failWith(() -> Fault.internal("tried to kill container, but did not receive an exit event", null))
                .replaceWith(Done.DONE);
    }

    /**
     * Sends a signal and tells of it; that it does not run any more is fine, and recorded where it was not. Whether it ends the restart policy's work is
     * decided as Docker does: yes, unless the container has a stop signal and this is another.
     */
    Uni<Done> send(ContainerId id, int signal) {
        return turns.take(id, () -> store.change(id, container -> signalled(container, signal))
                .chain(found -> found.filter(container -> container.lifecycle() instanceof Lifecycle.Live)
                        .map(container -> deliver(container, signal))
                        .orElseGet(() -> Uni.createFrom().item(Done.DONE))));
    }

    private static Change signalled(Container container, int signal) {
        if (!(container.lifecycle() instanceof Lifecycle.Live)) {
            return Change.of(container);
        }
        Container next = endsPolicy(container, signal)
                ? container.with(container.restarts().stopped())
                : container;
        return Change.of(next, ContainerEvents.kill(next, signal));
    }

    private static boolean endsPolicy(Container container, int signal) {
        String stopSignal = Absent.text(container.definition().config().stopSignal());
        return signal == Signals.KILL || stopSignal.isEmpty() || Signals.parse(stopSignal) == signal;
    }

    private Uni<Done> deliver(Container container, int signal) {
        return peers.executor()
                .signal(new SignalTask(container.node(), container.id(), signal))
                .chain(() -> thawed(container, signal))
                .onFailure(KillSequence::isOver)
                .recoverWithUni(() -> check.inTurn(container));
    }

    /** A paused container could not end. */
    private Uni<Done> thawed(Container container, int signal) {
        boolean frozen = container.lifecycle() instanceof Lifecycle.Paused && endsPolicy(container, signal);
        return frozen ? pause.resumeInTurn(container) : Uni.createFrom().item(Done.DONE);
    }

    private static boolean isOver(Throwable error) {
        return error instanceof Fault fault
                && (fault.kind() == Fault.Kind.CONFLICT || fault.kind() == Fault.Kind.NOT_FOUND);
    }
}
