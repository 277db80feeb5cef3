package io.caisson.layerstore.api;

import io.caisson.bus.Port;
import io.caisson.bus.Unbounded;
import io.caisson.kernel.Done;
import io.smallrye.mutiny.Uni;

/** Named and anonymous volumes of the {@code local} driver: directories of a node that outlive containers. */
@Port("volumes")
public interface Volumes {
    /** Idempotent: an existing volume of that name is the answer. An empty name makes an anonymous volume. */
    Uni<VolumeInfo> create(CreateVolume command);

    /** NOT_FOUND {@code get x: no such volume}. */
    Uni<VolumeInfo> inspect(VolumeRef query);

    Uni<VolumeList> list(ListVolumes query);

    /** NOT_FOUND when it does not exist. Whoever asks has made sure that no container uses it. */
    Uni<Done> remove(VolumeRef command);

    /**
     * Copies what a snapshot has at {@code path} into the volume when the volume is empty: content, owner and mode, as
     * Docker does on first use. Nothing for a volume that is something to mount.
     */
    Uni<Done> populate(PopulateVolume command);

    /** How much is in it. */
    @Unbounded
    Uni<VolumeUsage> usage(VolumeRef query);

    /**
     * Removes volumes and tells what that freed; one that is not there (any more) is passed over. Whoever asks has made sure
     * that no container uses them.
     */
    @Unbounded
    Uni<PrunedVolumes> prune(PruneVolumes command);
}
