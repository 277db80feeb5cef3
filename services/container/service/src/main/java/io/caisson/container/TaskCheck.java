package io.caisson.container;

import io.caisson.bus.upkeep.Mended;
import io.caisson.container.model.Container;
import io.caisson.container.state.Ending;
import io.caisson.container.state.Lifecycle;
import io.caisson.executor.api.TaskRef;
import io.caisson.executor.api.TaskStatus;
import io.caisson.kernel.Done;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Asks how the task really is of a container whose row says that it runs, and records the end that nobody told of. */
@ApplicationScoped
class TaskCheck {
    /** As Docker shows a container whose end nobody saw. */
    static final int UNKNOWN_END = 255;

    private final Peers peers;
    private final ExitSequence exit;

    TaskCheck(Peers peers, ExitSequence exit) {
        this.peers = peers;
        this.exit = exit;
    }

    /** Within the container's turn; nothing to do where it runs. */
    Uni<Done> inTurn(Container container) {
        if (!(container.lifecycle() instanceof Lifecycle.Live live)) {
            return Uni.createFrom().item(Done.DONE);
        }
        return peers.executor()
                .taskStatus(new TaskRef(container.node(), container.id()))
                .chain(status -> switch (status) {
                    case TaskStatus.Starting(), TaskStatus.Running _ ->
                        Uni.createFrom().item(Done.DONE);
                    case TaskStatus.Ended(int code, boolean oomKilled, Instant at) ->
                        ended(container, live, new Ending(code, oomKilled, at));
                    case TaskStatus.Lost _, TaskStatus.Unknown() -> lost(container);
                });
    }

    /** What the node remembers may be the end of an earlier run. */
    private Uni<Done> ended(Container container, Lifecycle.Live live, Ending ending) {
        return ExitSequence.isOlder(ending, live)
                ? lost(container)
                : exit.endedInTurn(container.node(), container.id(), ending);
    }

    private Uni<Done> lost(Container container) {
        Mended.note("container", "lost run", container.id().value());
        return exit.endedInTurn(container.node(), container.id(), new Ending(UNKNOWN_END, false, Instant.now()));
    }
}
