package io.caisson.container.state;

import io.caisson.container.api.ContainerState;
import io.caisson.container.api.ContainerState.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a container stands. Each state offers only what may follow; anything else does not compile. */
public sealed interface Lifecycle {
    /** As clients see it. */
    ContainerState shown();

    /** True from the moment the container's init exists until its end is recorded, and while it is about to come back. */
    default boolean live() {
        return shown().running();
    }

    /** States a start may begin from. */
    sealed interface Startable extends Lifecycle {
        Outcome last();

        default Starting starting() {
            return new Starting(this);
        }

        Startable startFailed(int exitCode, String error);
    }

    /** States a container may be removed in. */
    sealed interface Removable extends Lifecycle {
        Outcome last();

        default Removing removing() {
            return new Removing(last());
        }
    }

    /** States with a process. */
    sealed interface Live extends Lifecycle {
        int pid();

        Instant startedAt();

        default Exited exited(Ending ending) {
            return new Exited(outcome(ending));
        }

        default Restarting restarting(Ending ending) {
            return new Restarting(outcome(ending));
        }

        private Outcome outcome(Ending ending) {
            return new Outcome(ending.exitCode(), ending.oomKilled(), "", startedAt(), ending.at());
        }
    }

    /** Never started, or never successfully. */
    record Created(Outcome last) implements Startable, Removable {
        @Override
        public Created startFailed(int exitCode, String error) {
            return new Created(last.failed(exitCode, error));
        }

        @Override
        public ContainerState shown() {
            return Lifecycle.shown(Status.CREATED, last);
        }
    }

    /** A start is under way; it is shown as what it was before. */
    record Starting(Startable from) implements Lifecycle {
        public Running running(int pid, Instant at) {
            return new Running(pid, at, from.last().finishedAt());
        }

        public Startable failed(int exitCode, String error) {
            return from.startFailed(exitCode, error);
        }

        @Override
        public ContainerState shown() {
            return from.shown();
        }
    }

    /** @param finishedBefore when the run before ended */
    record Running(int pid, Instant startedAt, @Nullable Instant finishedBefore) implements Live {
        public Paused paused() {
            return new Paused(pid, startedAt, finishedBefore);
        }

        @Override
        public ContainerState shown() {
            return new ContainerState(Status.RUNNING, pid, 0, false, "", startedAt, finishedBefore, null);
        }
    }

    /** Frozen. */
    record Paused(int pid, Instant startedAt, @Nullable Instant finishedBefore) implements Live {
        public Running resumed() {
            return new Running(pid, startedAt, finishedBefore);
        }

        @Override
        public ContainerState shown() {
            return new ContainerState(Status.PAUSED, pid, 0, false, "", startedAt, finishedBefore, null);
        }
    }

    /** It has ended, and its restart policy brings it back after a pause. */
    record Restarting(Outcome last) implements Startable {
        /** The restart is called off. */
        public Exited stopped() {
            return new Exited(last);
        }

        @Override
        public Exited startFailed(int exitCode, String error) {
            return new Exited(last.failed(exitCode, error));
        }

        @Override
        public ContainerState shown() {
            return Lifecycle.shown(Status.RESTARTING, last);
        }
    }

    /** It has run. */
    record Exited(Outcome last) implements Startable, Removable {
        @Override
        public Exited startFailed(int exitCode, String error) {
            return new Exited(last.failed(exitCode, error));
        }

        @Override
        public ContainerState shown() {
            return Lifecycle.shown(Status.EXITED, last);
        }
    }

    /** What it has on its node is being deleted. */
    record Removing(Outcome last) implements Lifecycle {
        public Dead failed(String error) {
            return new Dead(new Outcome(last.exitCode(), last.oomKilled(), error, last.startedAt(), last.finishedAt()));
        }

        @Override
        public ContainerState shown() {
            return Lifecycle.shown(Status.REMOVING, last);
        }
    }

    /** Its removal failed half-way; it can only be removed again. */
    record Dead(Outcome last) implements Removable {
        @Override
        public ContainerState shown() {
            return Lifecycle.shown(Status.DEAD, last);
        }
    }

    private static ContainerState shown(Status status, Outcome last) {
        return new ContainerState(
                status, 0, last.exitCode(), last.oomKilled(), last.error(), last.startedAt(), last.finishedAt(), null);
    }
}
