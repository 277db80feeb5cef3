package io.caisson.container;

import io.caisson.container.model.Container;
import io.caisson.container.process.Signals;
import io.caisson.container.state.Ending;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.SignalTask;
import io.caisson.executor.api.StartedTask;
import io.caisson.executor.api.TaskEvent;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.NodeId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What the executor tells of single tasks, against what the database says. */
@ApplicationScoped
class TaskNews {
    private static final Logger LOG = Logger.getLogger(TaskNews.class);

    private final ContainerStore store;
    private final Turns turns;
    private final Peers peers;
    private final StartSequence start;
    private final ExitSequence exit;
    private final HealthWatch health;

    TaskNews(
            ContainerStore store,
            Turns turns,
            Peers peers,
            StartSequence start,
            ExitSequence exit,
            HealthWatch health) {
        this.store = store;
        this.turns = turns;
        this.peers = peers;
        this.start = start;
        this.exit = exit;
        this.health = health;
    }

    Uni<Done> exited(NodeId node, TaskEvent.Exited event) {
        return exit.ended(node, event.container(), new Ending(event.exitCode(), event.oomKilled(), event.at()));
    }

    Uni<Done> lost(NodeId node, TaskEvent.Lost event) {
        return exit.ended(node, event.container(), new Ending(TaskCheck.UNKNOWN_END, false, event.noticedAt()));
    }

    /** Known ones are fine; a start whose end was not written down is completed; what nobody wants to run is ended. */
    Uni<Done> running(NodeId node, TaskEvent.Running event) {
        return turns.take(
                event.container(), () -> store.get(event.container()).chain(found -> running(node, event, found)));
    }

    private Uni<Done> running(NodeId node, TaskEvent.Running event, Optional<Container> found) {
        Lifecycle lifecycle = found.map(Container::lifecycle).orElse(null);
        if (found.isPresent() && lifecycle instanceof Lifecycle.Starting) {
            return adopt(found.get(), event);
        }
        if (!(lifecycle instanceof Lifecycle.Live)) {
            return end(node, event.container());
        }
        found.ifPresent(health::follow);
        return Uni.createFrom().item(Done.DONE);
    }

    /** The network's answer is the same as the first time. */
    private Uni<Done> adopt(Container container, TaskEvent.Running event) {
        LOG.infof("Container %s was found running after an interrupted start", container.id());
        return peers.networks()
                .attach(StartPlan.attach(container))
                .chain(network ->
                        start.written(container.id(), network, new StartedTask(event.pid(), event.startedAt())));
    }

    private Uni<Done> end(NodeId node, ContainerId id) {
        LOG.warnf("Task %s runs but should not: it is ended", id);
        return peers.executor()
                .signal(new SignalTask(node, id, Signals.KILL))
                .onFailure(error -> error instanceof Fault fault && fault.kind() == Fault.Kind.CONFLICT)
                .recoverWithItem(Done.DONE);
    }
}
