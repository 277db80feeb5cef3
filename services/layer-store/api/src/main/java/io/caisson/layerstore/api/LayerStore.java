package io.caisson.layerstore.api;

import io.caisson.bus.Port;
import io.caisson.bus.Unbounded;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.kernel.Done;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Owns bytes at rest on a node. It emits mounts and mounts nothing itself.
 *
 * <p>A <em>layer</em> is a diff, known by its diffId (the digest of its uncompressed tar), unpacked once into a directory of
 * its own; the blob it came from is kept for push and save. A layer exists only when it is whole: content first, name
 * last. Everything is idempotent by digest or id.
 */
@Port("layer-store")
public interface LayerStore {
    /** Which of these layers the node does not have: one question per pull. */
    Uni<MissingLayers> missing(FindMissing query);

    /**
     * Downloads, verifies, decompresses and unpacks one layer in one pass, reporting as it goes; the last item is {@link
     * LayerProgress.Ready}. The same layer asked for twice at once is fetched once. Fails with INVALID when the content is
     * not what its digests say, UNAVAILABLE when the registry does not answer. Cancelling leaves nothing behind.
     */
    Multi<LayerProgress> fetch(FetchLayer command);

    /** Opens a place for a tar archive (load, import): dial the target, send the bytes, end the output. */
    Uni<OpenedArchive> openArchive(OpenArchive command);

    /**
     * Waits for the archive to be received and tells what is in it: every regular file's name, size and digest, with the
     * content of small JSON files. INVALID when it is not a tar (or compressed tar).
     */
    @Unbounded
    Uni<ArchiveListing> awaitArchive(ArchiveRef query);

    /** Makes a layer of a file in an opened archive (or of the whole archive, for import). Idempotent by diffId. */
    @Unbounded
    Uni<LayerInfo> adoptLayer(AdoptLayer command);

    /** Forgets an archive and its temporary files. */
    Uni<Done> closeArchive(ArchiveRef command);

    /** Where to read a tar made of the given entries: inline bytes and layer blobs (save). */
    Uni<StreamTarget> writeArchive(WriteArchive command);

    /** Sizes and blobs of layers, in the order asked; NOT_FOUND when one is not there. */
    Uni<LayerInfos> describe(DescribeLayers query);

    /** Deletes layers that no snapshot needs; others are kept without complaint. Answers what was deleted. */
    Uni<RemovedLayers> removeLayers(RemoveLayers command);

    /** Makes a read-write snapshot over layers, base first. CONFLICT when the id exists over other layers. */
    Uni<SnapshotInfo> prepare(PrepareSnapshot command);

    /** The mount that shows a snapshot; whoever carries it out needs root. */
    Uni<SnapshotInfo> snapshot(SnapshotRef query);

    /** Deletes a snapshot's own bytes; done already is fine. */
    Uni<Done> removeSnapshot(SnapshotRef command);

    /** Bytes in the snapshot's writable layer. */
    Uni<SnapshotUsage> usage(SnapshotRef query);

    /**
     * All snapshots of the node. Those whose ids have the form of container ids belong to the container service, which
     * removes them when it has no such container.
     */
    Uni<SnapshotList> snapshots(ListSnapshots query);

    /** How layers travel to registries, in the order asked; NOT_FOUND when one is not there. */
    Uni<LayerForms> forms(DescribeLayers query);

    /**
     * Sends a layer to a registry, reporting as it goes; the last item is {@link UploadProgress.Sent}. Fails with
     * UNAVAILABLE when a new upload may go better, UNAUTHORIZED, FORBIDDEN or INVALID when the registry refuses. Cancelling
     * ends the transfer.
     */
    Multi<UploadProgress> upload(UploadLayer command);

    /** Makes a layer of a plain tar that waits on this host. UNAVAILABLE when it has no end. Idempotent by what is in it. */
    @Unbounded
    Uni<LayerInfo> takeLayer(TakeLayer command);
}
