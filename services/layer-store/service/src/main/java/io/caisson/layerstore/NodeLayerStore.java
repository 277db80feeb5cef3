package io.caisson.layerstore;

import io.caisson.bus.stream.StreamTarget;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.AdoptLayer;
import io.caisson.layerstore.api.ArchiveListing;
import io.caisson.layerstore.api.ArchiveRef;
import io.caisson.layerstore.api.DescribeLayers;
import io.caisson.layerstore.api.FetchLayer;
import io.caisson.layerstore.api.FindMissing;
import io.caisson.layerstore.api.LayerForms;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.layerstore.api.LayerInfos;
import io.caisson.layerstore.api.LayerProgress;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.ListSnapshots;
import io.caisson.layerstore.api.MissingLayers;
import io.caisson.layerstore.api.OpenArchive;
import io.caisson.layerstore.api.OpenedArchive;
import io.caisson.layerstore.api.PrepareSnapshot;
import io.caisson.layerstore.api.RemoveLayers;
import io.caisson.layerstore.api.RemovedLayers;
import io.caisson.layerstore.api.SnapshotInfo;
import io.caisson.layerstore.api.SnapshotList;
import io.caisson.layerstore.api.SnapshotRef;
import io.caisson.layerstore.api.SnapshotUsage;
import io.caisson.layerstore.api.TakeLayer;
import io.caisson.layerstore.api.UploadLayer;
import io.caisson.layerstore.api.UploadProgress;
import io.caisson.layerstore.api.WriteArchive;
import io.caisson.layerstore.store.LayerRow;
import io.caisson.layerstore.store.LayerRows;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The port {@link LayerStore} of one node. */
@ApplicationScoped
class NodeLayerStore implements LayerStore {
    private final Transactions transactions;
    private final FetchSequence fetch;
    private final AdoptSequence adopt;
    private final TakeSequence take;
    private final SaveSequence save;
    private final UploadSequence uploads;
    private final OpenArchives archives;
    private final SnapshotSequence snapshots;
    private final RemoveLayersSequence removal;
    private final String node;

    NodeLayerStore(
            Transactions transactions,
            FetchSequence fetch,
            AdoptSequence adopt,
            TakeSequence take,
            SaveSequence save,
            UploadSequence uploads,
            OpenArchives archives,
            SnapshotSequence snapshots,
            RemoveLayersSequence removal,
            LayerStoreSettings settings) {
        this.transactions = transactions;
        this.fetch = fetch;
        this.adopt = adopt;
        this.take = take;
        this.save = save;
        this.uploads = uploads;
        this.archives = archives;
        this.snapshots = snapshots;
        this.removal = removal;
        this.node = settings.node().value();
    }

    @Override
    public Uni<MissingLayers> missing(FindMissing query) {
        return rows(query.diffIds())
                .map(rows -> new MissingLayers(query.diffIds().stream()
                        .filter(diffId -> !rows.containsKey(diffId.toString()))
                        .toList()));
    }

    @Override
    public Multi<LayerProgress> fetch(FetchLayer command) {
        return fetch.fetch(command);
    }

    @Override
    public Uni<OpenedArchive> openArchive(OpenArchive command) {
        return archives.open(command.whole());
    }

    @Override
    public Uni<ArchiveListing> awaitArchive(ArchiveRef query) {
        return archives.listing(query.id());
    }

    @Override
    public Uni<LayerInfo> adoptLayer(AdoptLayer command) {
        return adopt.adopt(command);
    }

    @Override
    public Uni<Done> closeArchive(ArchiveRef command) {
        return archives.close(command.id());
    }

    @Override
    public Uni<StreamTarget> writeArchive(WriteArchive command) {
        return save.write(command);
    }

    @Override
    public Uni<LayerInfos> describe(DescribeLayers query) {
        return rows(query.diffIds())
                .map(rows -> new LayerInfos(query.diffIds().stream()
                        .map(diffId -> LayerMapping.info(row(diffId, rows)))
                        .toList()));
    }

    private static LayerRow row(Digest diffId, Map<String, LayerRow> rows) {
        LayerRow row = rows.get(diffId.toString());
        if (row == null) {
            throw Fault.notFound("layer does not exist: " + diffId);
        }
        return row;
    }

    private Uni<Map<String, LayerRow>> rows(List<Digest> diffIds) {
        var texts = diffIds.stream().map(Digest::toString).collect(Collectors.toCollection(LinkedHashSet::new));
        return transactions
                .withSession(session -> LayerRows.find(session, node, texts))
                .map(SnapshotMapping::byDiffId);
    }

    @Override
    public Uni<RemovedLayers> removeLayers(RemoveLayers command) {
        return removal.remove(command);
    }

    @Override
    public Uni<SnapshotInfo> prepare(PrepareSnapshot command) {
        return snapshots.prepare(command);
    }

    @Override
    public Uni<SnapshotInfo> snapshot(SnapshotRef query) {
        return snapshots.info(query);
    }

    @Override
    public Uni<Done> removeSnapshot(SnapshotRef command) {
        return snapshots.remove(command);
    }

    @Override
    public Uni<SnapshotList> snapshots(ListSnapshots query) {
        return snapshots.all();
    }

    @Override
    public Uni<SnapshotUsage> usage(SnapshotRef query) {
        return snapshots.usage(query);
    }

    @Override
    public Uni<LayerForms> forms(DescribeLayers query) {
        return rows(query.diffIds())
                .map(rows -> new LayerForms(query.diffIds().stream()
                        .map(diffId -> LayerMapping.form(row(diffId, rows)))
                        .toList()));
    }

    @Override
    public Multi<UploadProgress> upload(UploadLayer command) {
        return uploads.upload(command);
    }

    @Override
    public Uni<LayerInfo> takeLayer(TakeLayer command) {
        return take.take(command);
    }
}
