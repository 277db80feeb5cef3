package io.caisson.container;

import io.caisson.bus.metrics.Timers;
import io.caisson.container.api.HostConfig;
import io.caisson.container.health.HealthCheck;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.model.Definition;
import io.caisson.container.model.Restarts;
import io.caisson.container.mounts.HostPaths;
import io.caisson.container.spec.HostDevices;
import io.caisson.container.spec.NodeFacts;
import io.caisson.container.spec.RuntimeSpecPlanner;
import io.caisson.container.spec.SpecInput;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.Change;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.StartedTask;
import io.caisson.kernel.Compensations;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.SnapshotInfo;
import io.caisson.layerstore.api.SnapshotRef;
import io.caisson.network.api.Attachment;
import io.caisson.network.api.DetachContainer;
import io.caisson.oci.RuntimeSpec;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@code docker start}: note the intention, gather what the host needs in parallel, let the executor do all its work in one
 * command, and write the new state together with its event.
 *
 * <p>When it fails, the network is given back, the reason and an exit code are kept with the container, and an auto-removed
 * one is removed. When the database fails last, the container runs and its row says "starting": the watch mends it.
 */
@ApplicationScoped
class StartSequence {
    private final ContainerStore store;
    private final Turns turns;
    private final Peers peers;
    private final Nodes nodes;
    private final Joining joining;
    private final HostPaths hostPaths;
    private final HostDevices devices;
    private final RemoveSequence remove;
    private final HealthWatch health;
    private final OperatorDefaults defaults;
    private final String instance;

    StartSequence(
            ContainerStore store,
            Turns turns,
            Peers peers,
            Nodes nodes,
            Joining joining,
            HostPaths hostPaths,
            HostDevices devices,
            RemoveSequence remove,
            HealthWatch health,
            OperatorDefaults defaults,
            @ConfigProperty(name = "caisson.instance") String instance) {
        this.store = store;
        this.turns = turns;
        this.peers = peers;
        this.nodes = nodes;
        this.joining = joining;
        this.hostPaths = hostPaths;
        this.devices = devices;
        this.remove = remove;
        this.health = health;
        this.defaults = defaults;
        this.instance = instance;
    }

    /** What a start needs from others. */
    private record Parts(
            Attachment network, SnapshotInfo root, NodeFacts node, HostDevices.Found devices, Joined joined) {}

    /** What it shares with other containers, or knows of them. */
    private record Joined(Optional<String> pids, Optional<String> ipc, List<LegacyLink> links) {}

    private Uni<Joined> join(Container container) {
        HostConfig host = container.definition().hostConfig();
        return joining.pidNamespace(host).chain(pids -> joining.ipcNamespace(host)
                .chain(ipc -> joining.legacyLinks(container).map(links -> new Joined(pids, ipc, links))));
    }

    /** A user's start: the restart policy begins anew. */
    Uni<Done> start(ContainerId id) {
        return turns.take(id, () -> run(id, container -> container.with(Restarts.NONE)));
    }

    /** The restart policy's start; nothing happens when it was called off meanwhile. */
    Uni<Done> restart(ContainerId id) {
        return turns.take(id, () -> store.get(id).chain(found -> found.filter(StartSequence::waitsForRestart)
                .map(container -> run(id, same -> same))
                .orElseGet(() -> Uni.createFrom().item(Done.DONE))));
    }

    private static boolean waitsForRestart(Container container) {
        return container.lifecycle() instanceof Lifecycle.Restarting
                || container.lifecycle() instanceof Lifecycle.Exited;
    }

    private Uni<Done> run(ContainerId id, UnaryOperator<Container> prepare) {
        return phase("intention", store.change(id, container -> Change.of(begin(prepare.apply(container)))))
                .map(found -> found.orElseThrow(() -> Fault.notFound("No such container: " + id)))
                .chain(container -> realise(container).onFailure().recoverWithUni(error -> fail(container, error)
                        .chain(() -> Uni.createFrom().failure(error))));
    }

    private static Container begin(Container container) {
        return switch (container.lifecycle()) {
            case Lifecycle.Startable startable -> container.in(startable.starting());
            case Lifecycle.Starting starting -> container.in(starting);
            case Lifecycle.Running _ -> throw Fault.notModified("container already running");
            case Lifecycle.Paused _ -> throw Fault.conflict("cannot start a paused container, try unpause instead");
            case Lifecycle.Removing _, Lifecycle.Dead _ ->
                throw Fault.conflict("container is marked for removal and cannot be started");
        };
    }

    private Uni<Done> realise(Container container) {
        var undo = new Compensations();
        return undo.guard(phase("gather", gather(container, undo))
                        .chain(parts -> phase("executor", launch(container, parts))
                                .map(task -> new Launched(parts.network(), task))))
                .chain(launched -> phase("commit", written(container.id(), launched.network(), launched.task())));
    }

    private static <T> Uni<T> phase(String name, Uni<T> work) {
        return Timers.timed(work, Timers.START_PHASE, "phase", name);
    }

    private record Launched(Attachment network, StartedTask task) {}

    private Uni<Parts> gather(Container container, Compensations undo) {
        Definition definition = container.definition();
        undo.push(() -> peers.networks().detach(new DetachContainer(definition.id())));
        var snapshot = new SnapshotRef(
                definition.node(), new SnapshotId(definition.id().value()));
        return Uni.combine()
                .all()
                .unis(
                        phase("network-plan", peers.networks().attach(StartPlan.attach(container))),
                        phase("snapshot", peers.layers().snapshot(snapshot)),
                        nodes.facts(definition.node()),
                        devices.find(definition.node(), definition.hostConfig()),
                        join(container),
                        hostPaths
                                .ensure(definition.node(), definition.mounts())
                                .chain(() -> hostPaths.checkPropagation(definition.node(), definition.mounts())))
                .with((network, root, node, found, joined, _) -> new Parts(network, root, node, found, joined));
    }

    private Uni<StartedTask> launch(Container container, Parts parts) {
        Definition definition = container.definition();
        RuntimeSpec spec = RuntimeSpecPlanner.plan(new SpecInput(
                definition,
                parts.node(),
                Absent.text(definition.config().hostname()),
                cgroupsPath(definition),
                parts.devices().given(),
                parts.devices().named(),
                parts.joined().pids().orElse(null),
                parts.joined().ipc().orElse(null),
                parts.joined().links().stream()
                        .flatMap(link -> link.environment(container.name()).stream())
                        .toList()));
        return peers.executor()
                .start(StartPlan.task(
                        definition,
                        container.name(),
                        spec,
                        parts.root().mount(),
                        parts.network(),
                        defaults.dns(),
                        parts.joined().links()));
    }

    private String cgroupsPath(Definition definition) {
        String parent = Absent.text(definition.hostConfig().cgroupParent(), "/caisson-" + instance);
        return (parent.startsWith("/") ? parent : "/" + parent) + "/" + definition.id();
    }

    /** The container runs: also for one that was found running after a crash. */
    Uni<Done> written(ContainerId id, Attachment network, StartedTask task) {
        return store.change(id, container -> running(container, network, task))
                .invoke(found -> found.ifPresent(health::follow))
                .replaceWith(Done.DONE);
    }

    private static Change running(Container container, Attachment network, StartedTask task) {
        if (container.lifecycle() instanceof Lifecycle.Starting starting) {
            Container running = container
                    .in(starting.running(task.pid(), task.startedAt()))
                    .connected(network.endpoints(), network.ports())
                    .with(HealthCheck.of(container.definition().config())
                            .map(_ -> HealthCheck.starting(container.health()))
                            .orElse(null));
            return Change.of(running, ContainerEvents.of(running, "start"));
        }
        return Change.of(container);
    }

    /** Within the container's turn. */
    Uni<Done> fail(Container container, Throwable error) {
        return store.change(container.id(), current -> Change.of(failed(current, error)))
                .chain(failed -> failed.filter(Container::autoRemove)
                        .map(remove::removeInTurn)
                        .orElseGet(() -> Uni.createFrom().item(Done.DONE)))
                .onFailure()
                .recoverWithItem(second -> {
                    error.addSuppressed(second);
                    return Done.DONE;
                });
    }

    private static Container failed(Container container, Throwable error) {
        return container.lifecycle() instanceof Lifecycle.Starting starting
                ? container.in(starting.failed(
                        StartFailure.exitCode(error), Fault.of(error).message()))
                : container;
    }
}
