package io.caisson.container;

import io.caisson.bus.upkeep.Periodic;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.TaskEvent;
import io.caisson.executor.api.WatchTasks;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.NodeId;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One standing watch per node over its executor's tasks. A watch that breaks is opened again; each begins with everything
 * there is, against which the database is reconciled: nothing is true because an event arrived.
 */
@ApplicationScoped
class TaskWatch {
    private static final Logger LOG = Logger.getLogger(TaskWatch.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 64;

    private final Peers peers;
    private final Nodes nodes;
    private final ContainerStore store;
    private final TaskNews news;
    private final Reconciliation reconciliation;
    private final ExecEndings execs;
    private final OrphanSweep sweep;
    private final Vertx vertx;
    private final NodeId local;
    private final Duration every;
    private final Map<NodeId, Cancellable> watches = new ConcurrentHashMap<>();
    private final Set<NodeId> reconciled = ConcurrentHashMap.newKeySet();
    private @Nullable Periodic upkeep;

    TaskWatch(
            Peers peers,
            Nodes nodes,
            ContainerStore store,
            TaskNews news,
            Reconciliation reconciliation,
            ExecEndings execs,
            OrphanSweep sweep,
            Vertx vertx,
            @ConfigProperty(name = "caisson.node") String local,
            @ConfigProperty(name = "caisson.mend-every", defaultValue = "60s") Duration every) {
        this.peers = peers;
        this.nodes = nodes;
        this.store = store;
        this.news = news;
        this.reconciliation = reconciliation;
        this.execs = execs;
        this.sweep = sweep;
        this.vertx = vertx;
        this.local = new NodeId(local);
        this.every = every;
    }

    /** The node of this process, and all that have containers. */
    void atStart(@Observes @Priority(Interceptor.Priority.APPLICATION + 600) StartupEvent event) {
        watch(local);
        var _ = store.nodes()
                .subscribe()
                .with(nodes -> nodes.forEach(this::watch), error -> LOG.errorf(error, "Containers could not be read"));
        upkeep = Periodic.start(vertx, "upkeep of containers", every, this::lookAgain);
    }

    /** Idempotent. */
    void watch(NodeId node) {
        var _ = watches.computeIfAbsent(node, this::open);
    }

    private Cancellable open(NodeId node) {
        return Multi.createFrom()
                .deferred(() -> once(node))
                .onFailure()
                .invoke(error -> LOG.debugf("Watch of node %s broke: %s", node, error.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(SHORTEST_PAUSE, LONGEST_PAUSE)
                .withJitter(0.1)
                .indefinitely()
                .subscribe()
                .with(_ -> {}, error -> LOG.errorf(error, "Watch of node %s ended", node));
    }

    /** What the database said before the executor was asked is what the answer is compared with. */
    private Multi<Done> once(NodeId node) {
        return store.on(node).onItem().transformToMulti(before -> {
            nodes.forget(node);
            Listing listed = Listing.of(node, before);
            return peers.executor()
                    .watch(new WatchTasks(node))
                    .onCompletion()
                    .failWith(() -> new IllegalStateException("the executor ended it"))
                    .onItem()
                    .transformToUni(event -> handled(listed, event))
                    .merge(AT_ONCE);
        });
    }

    private Uni<Done> handled(Listing listed, TaskEvent event) {
        return handle(listed, event)
                .onFailure(error -> !isAway(error))
                .invoke(error -> LOG.errorf(error, "%s could not be taken in", event))
                .onFailure(error -> !isAway(error))
                .recoverWithItem(Done.DONE);
    }

    /** Then the watch breaks, and the next one begins with everything there is. */
    private static boolean isAway(Throwable error) {
        return error instanceof Fault fault && fault.kind() == Fault.Kind.UNAVAILABLE;
    }

    private Uni<Done> handle(Listing listed, TaskEvent event) {
        return switch (event) {
            case TaskEvent.Running running -> {
                listed.mentioned().add(running.container());
                yield news.running(listed.node(), running);
            }
            case TaskEvent.Exited exited -> {
                listed.mentioned().add(exited.container());
                yield news.exited(listed.node(), exited);
            }
            case TaskEvent.Lost lost -> {
                listed.mentioned().add(lost.container());
                yield news.lost(listed.node(), lost);
            }
            case TaskEvent.ExecEnded ended -> execs.ended(ended);
            case TaskEvent.Listed _ ->
                reconciliation.reconcile(listed, reconciled.add(listed.node())).chain(() -> execs.mend(listed.node()));
        };
    }

    /** The same beside the standing watches, for what they may have missed; one node after the other. */
    private Uni<Done> lookAgain() {
        return Multi.createFrom()
                .iterable(Set.copyOf(watches.keySet()))
                .onItem()
                .transformToUniAndConcatenate(this::lookAgain)
                .collect()
                .last()
                .chain(sweep::sweep);
    }

    private Uni<Done> lookAgain(NodeId node) {
        return store.unsettled(node).chain(before -> {
            Listing listed = Listing.of(node, before);
            return peers.executor()
                    .watch(new WatchTasks(node))
                    .select()
                    .first(event -> !(event instanceof TaskEvent.Listed))
                    .filter(listed::isNews)
                    .onItem()
                    .transformToUni(event -> handled(listed, event))
                    .merge(AT_ONCE)
                    .collect()
                    .last()
                    .chain(() -> reconciliation.reconcile(listed, false))
                    .chain(() -> execs.mend(node));
        });
    }

    @PreDestroy
    void close() {
        if (upkeep != null) {
            upkeep.close();
        }
        watches.values().forEach(Cancellable::cancel);
    }
}
