package io.caisson.container;

import io.caisson.container.api.StopContainer;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.process.Signals;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.Change;
import io.caisson.container.store.ContainerStore;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** {@code docker stop}: the stop signal, a time of grace, SIGKILL. The turn is not held while waiting. */
@ApplicationScoped
class StopSequence {
    private static final int GRACE_SECONDS = 10;
    /** "At once": long enough for a signal that is deadly anyway. */
    private static final Duration AT_ONCE = Duration.ofMillis(10);

    private final ContainerStore store;
    private final Turns turns;
    private final KillSequence kill;
    private final Endings endings;

    StopSequence(ContainerStore store, Turns turns, KillSequence kill, Endings endings) {
        this.store = store;
        this.turns = turns;
        this.kill = kill;
        this.endings = endings;
    }

    Uni<Done> stop(StopContainer command) {
        return store.find(command.nameOrId()).chain(container -> switch (container.lifecycle()) {
            case Lifecycle.Live _ -> end(container, command).chain(() -> tell(container));
            case Lifecycle.Restarting _ -> callOff(container).chain(() -> tell(container));
            case Lifecycle.Created _,
                    Lifecycle.Starting _,
                    Lifecycle.Exited _,
                    Lifecycle.Removing _,
                    Lifecycle.Dead _ -> Uni.createFrom().failure(Fault.notModified("container already stopped"));
        });
    }

    /** Ends a run; done when its end is recorded. */
    Uni<Done> end(Container container, StopContainer command) {
        int signal = Absent.text(command.signal()).isEmpty()
                ? Signals.stopSignal(container.definition().config().stopSignal())
                : Signals.parse(Absent.text(command.signal()));
        Uni<Ended> ended = endings.nextAfter(container);
        return markStopped(container)
                .chain(() -> kill.send(container.id(), signal))
                .chain(() -> patient(ended, grace(container, command)))
                .onFailure(TimeoutException.class)
                .recoverWithUni(() -> kill.killAndWait(container).replaceWith(() -> Ended.of(container, false)))
                .replaceWith(Done.DONE);
    }

    /** Whatever signal is used: a stop is meant to last. */
    private Uni<Done> markStopped(Container container) {
        return turns.take(container.id(), () -> store.change(
                        container.id(),
                        current -> Change.of(current.with(current.restarts().stopped())))
                .replaceWith(Done.DONE));
    }

    private static Uni<Ended> patient(Uni<Ended> ended, int seconds) {
        if (seconds < 0) {
            return ended;
        }
        return ended.ifNoItem()
                .after(seconds == 0 ? AT_ONCE : Duration.ofSeconds(seconds))
                .fail();
    }

    private static int grace(Container container, StopContainer command) {
        if (command.timeoutSeconds() != null) {
            return command.timeoutSeconds();
        }
        Integer own = container.definition().config().stopTimeout();
        return own == null ? GRACE_SECONDS : own;
    }

    /** A restart that is about to happen does not. */
    private Uni<Done> callOff(Container container) {
        return turns.take(container.id(), () -> store.change(container.id(), StopSequence::calledOff)
                .invoke(found -> found.ifPresent(current -> endings.tell(current, false)))
                .replaceWith(Done.DONE));
    }

    static Change calledOff(Container container) {
        Container stopped = container.with(container.restarts().stopped());
        return Change.of(
                container.lifecycle() instanceof Lifecycle.Restarting restarting
                        ? stopped.in(restarting.stopped())
                        : stopped);
    }

    private Uni<Done> tell(Container container) {
        return store.tell(ContainerEvents.of(container, "stop")).replaceWith(Done.DONE);
    }
}
