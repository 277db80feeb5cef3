package io.caisson.container;

import io.caisson.container.api.HostConfig.MountSpec;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Definition;
import io.caisson.container.model.PlannedMount;
import io.caisson.container.store.ContainerStore;
import io.caisson.kernel.Compensations;
import io.caisson.kernel.Done;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.CreateVolume;
import io.caisson.layerstore.api.PopulateVolume;
import io.caisson.layerstore.api.VolumeInfo;
import io.caisson.layerstore.api.VolumeRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;

/** A container's volumes: made and filled before its first start, anonymous ones removed with it when asked. */
@ApplicationScoped
class VolumeSequence {
    private static final Logger LOG = Logger.getLogger(VolumeSequence.class);
    private static final String ANONYMOUS = "com.docker.volume.anonymous";

    private final Peers peers;
    private final ContainerStore store;

    VolumeSequence(Peers peers, ContainerStore store) {
        this.peers = peers;
        this.store = store;
    }

    /** The same definition with volumes that exist. Named ones stay when the rest fails, as Docker's do. */
    Uni<Definition> provide(Definition plan, Compensations undo) {
        return Multi.createFrom()
                .iterable(plan.mounts())
                .onItem()
                .transformToUniAndConcatenate(mount -> mount instanceof PlannedMount.Volume volume
                                && volume.source().isEmpty()
                        ? provide(plan, volume, undo)
                        : Uni.createFrom().item(mount))
                .collect()
                .asList()
                .map(mounts -> new Definition(
                        plan.node(),
                        plan.id(),
                        plan.created(),
                        plan.imageId(),
                        plan.imageName(),
                        plan.config(),
                        plan.hostConfig(),
                        mounts,
                        plan.networks()));
    }

    private Uni<PlannedMount> provide(Definition plan, PlannedMount.Volume volume, Compensations undo) {
        return peers.volumes()
                .create(command(plan, volume))
                .invoke(made -> {
                    if (volume.name().isEmpty()) {
                        undo.push(() -> peers.volumes().remove(new VolumeRef(plan.node(), made.name())));
                    }
                })
                .call(made -> fill(plan, volume, made))
                .map(made -> volume.at(made.name(), made.mountpoint(), made.options()));
    }

    private Uni<Done> fill(Definition plan, PlannedMount.Volume volume, VolumeInfo made) {
        return volume.copyUp()
                ? peers.volumes()
                        .populate(new PopulateVolume(
                                plan.node(),
                                made.name(),
                                new SnapshotId(plan.id().value()),
                                volume.destination()))
                : Uni.createFrom().item(Done.DONE);
    }

    private static CreateVolume command(Definition plan, PlannedMount.Volume volume) {
        var options = Absent.list(plan.hostConfig().mounts()).stream()
                .filter(spec -> "volume".equals(spec.type()))
                .filter(spec -> volume.anonymous()
                        ? volume.destination().equals(spec.target())
                        : volume.name().equals(spec.source()))
                .map(MountSpec::volumeOptions)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        Map<String, String> driver = options == null || options.driverConfig() == null
                ? Map.of()
                : Absent.map(options.driverConfig().options());
        Map<String, String> labels = new HashMap<>(options == null ? Map.of() : Absent.map(options.labels()));
        if (volume.anonymous()) {
            labels.put(ANONYMOUS, "");
        }
        return new CreateVolume(plan.node(), volume.name(), volume.driver(), driver, labels);
    }

    /** Removes the anonymous volumes that no other container has. A volume that will not go does not hold up the rest. */
    Uni<Done> removeAnonymous(Definition definition) {
        List<String> names = anonymous(definition);
        return names.isEmpty()
                ? Uni.createFrom().item(Done.DONE)
                : Multi.createFrom()
                        .iterable(names)
                        .onItem()
                        .transformToUniAndConcatenate(name -> removeUnlessShared(definition, name))
                        .collect()
                        .last()
                        .replaceWith(Done.DONE);
    }

    private Uni<Done> removeUnlessShared(Definition definition, String name) {
        return store.usersOf(name)
                .chain(users -> Set.of(definition.id()).containsAll(users)
                        ? remove(definition, name)
                        : Uni.createFrom().item(Done.DONE));
    }

    private Uni<Done> remove(Definition definition, String name) {
        return peers.volumes()
                .remove(new VolumeRef(definition.node(), name))
                .onFailure()
                .invoke(error -> LOG.warnf("Volume %s was not removed: %s", name, error.getMessage()))
                .onFailure()
                .recoverWithItem(Done.DONE);
    }

    private static List<String> anonymous(Definition definition) {
        return definition.mounts().stream()
                .filter(mount -> mount instanceof PlannedMount.Volume volume && volume.anonymous())
                .map(mount -> ((PlannedMount.Volume) mount).name())
                .toList();
    }
}
