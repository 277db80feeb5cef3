package io.caisson.container;

import io.caisson.container.api.CreateContainer;
import io.caisson.container.api.CreatedContainer;
import io.caisson.container.config.ContainerNames;
import io.caisson.container.config.HostConfigRules;
import io.caisson.container.config.HostLimits;
import io.caisson.container.config.NetworkRules;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.model.Definition;
import io.caisson.container.mounts.HostPaths;
import io.caisson.container.store.ContainerStore;
import io.caisson.image.api.FindImage;
import io.caisson.image.api.ImageDetail;
import io.caisson.kernel.Compensations;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.PrepareSnapshot;
import io.caisson.layerstore.api.SnapshotRef;
import io.caisson.oci.Platform;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code docker create}: resolve what the request names, plan, prepare root file system and volumes, and write row and event
 * last. What was prepared for a container that does not come to be is undone.
 */
@ApplicationScoped
class CreateSequence {
    private static final int NAME_ATTEMPTS = 8;

    private final Peers peers;
    private final Nodes nodes;
    private final Joining joining;
    private final HostPaths hostPaths;
    private final VolumeSequence volumes;
    private final ContainerStore store;
    private final TaskWatch watch;
    private final OperatorDefaults defaults;
    private final OrphanSweep sweep;

    CreateSequence(
            Peers peers,
            Nodes nodes,
            Joining joining,
            HostPaths hostPaths,
            VolumeSequence volumes,
            ContainerStore store,
            TaskWatch watch,
            OperatorDefaults defaults,
            OrphanSweep sweep) {
        this.peers = peers;
        this.nodes = nodes;
        this.joining = joining;
        this.hostPaths = hostPaths;
        this.volumes = volumes;
        this.store = store;
        this.watch = watch;
        this.defaults = defaults;
        this.sweep = sweep;
    }

    Uni<CreatedContainer> create(CreateContainer asked) {
        return Uni.createFrom().deferred(() -> {
            CreateContainer command = asked.with(defaults.logs().fill(asked.hostConfig()));
            HostConfigRules.check(command.hostConfig());
            NetworkRules.check(command.config(), command.hostConfig());
            watch.watch(command.node());
            String name =
                    command.name() == null || command.name().isEmpty() ? null : ContainerNames.checked(command.name());
            return refuseTakenName(name).chain(() -> resolve(command)).chain(found -> make(command, found, name));
        });
    }

    /** Only to spare the work: the database decides. */
    private Uni<Done> refuseTakenName(@Nullable String name) {
        return name == null
                ? Uni.createFrom().item(Done.DONE)
                : store.holder(name).map(holder -> {
                    holder.ifPresent(id -> {
                        throw ContainerStore.nameConflict(name, id);
                    });
                    return Done.DONE;
                });
    }

    private Uni<CreatePlan.References> resolve(CreateContainer command) {
        String image = Absent.text(command.config().image());
        checkReference(image);
        return Uni.combine()
                .all()
                .unis(
                        peers.images().inspect(new FindImage(image, command.platform())),
                        nodes.facts(command.node()),
                        joining.network(command.hostConfig()),
                        joining.inheritedMounts(command.hostConfig()),
                        joining.links(command.hostConfig()))
                .with((detail, facts, joined, inherited, _) ->
                        new CreatePlan.References(detail, facts, joined.orElse(null), inherited));
    }

    private static void checkReference(String image) {
        try {
            var _ = Reference.parse(image);
        } catch (IllegalArgumentException e) {
            // Ids and their prefixes are not references, but name images too.
            if (!image.matches("(sha256:)?[0-9a-f]{4,64}")) {
                throw new Fault(Fault.Kind.INVALID, String.valueOf(e.getMessage()), e);
            }
        }
    }

    /** Without the limits that the node does not know. */
    private Uni<CreatedContainer> make(CreateContainer command, CreatePlan.References found, @Nullable String name) {
        var kept = HostLimits.keep(command.hostConfig(), found.node().limits());
        Definition plan = CreatePlan.plan(command.with(kept.host()), found);
        return make(plan, found.image(), name).map(id -> new CreatedContainer(id, warnings(command, found, kept)));
    }

    private static List<String> warnings(CreateContainer command, CreatePlan.References found, HostLimits.Kept kept) {
        var platform = Platform.parse("linux/" + found.node().architecture());
        return Stream.concat(kept.warnings().stream(), CreateWarnings.of(command, found.image(), platform).stream())
                .toList();
    }

    private Uni<ContainerId> make(Definition plan, ImageDetail image, @Nullable String name) {
        var undo = new Compensations();
        return sweep.sparing(
                plan.id(),
                () -> undo.guard(hostPaths
                        .ensure(plan.node(), plan.mounts())
                        .chain(() -> prepareRoot(plan, image, undo))
                        .chain(() -> volumes.provide(plan, undo))
                        .chain(ready -> write(ready, name, 0))
                        .map(Container::id)));
    }

    private Uni<Done> prepareRoot(Definition plan, ImageDetail image, Compensations undo) {
        var snapshot = new SnapshotId(plan.id().value());
        undo.push(() -> peers.layers().removeSnapshot(new SnapshotRef(plan.node(), snapshot)));
        return peers.layers()
                .prepare(new PrepareSnapshot(
                        plan.node(), snapshot, image.config().rootfs().diffIds()))
                .replaceWith(Done.DONE);
    }

    private Uni<Container> write(Definition definition, @Nullable String name, int attempt) {
        Container container = CreatePlan.container(definition, name == null ? ContainerNames.generated(attempt) : name);
        Uni<Container> written = store.insert(container, ContainerEvents.of(container, "create"));
        return name != null || attempt >= NAME_ATTEMPTS
                ? written
                : written.onFailure(CreateSequence::isConflict)
                        .recoverWithUni(() -> write(definition, null, attempt + 1));
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof Fault fault && fault.kind() == Fault.Kind.CONFLICT;
    }
}
