package io.caisson.layerstore;

import io.caisson.kernel.NodeId;
import io.caisson.kernel.Offload;
import io.caisson.layerstore.api.RemoveLayers;
import io.caisson.layerstore.api.RemovedLayers;
import io.caisson.layerstore.store.LayerRow;
import io.caisson.layerstore.store.LayerRows;
import io.caisson.layerstore.store.SnapshotRows;
import io.caisson.metadata.Deletion;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** Names go first, in one transaction; then the files, out of sight at once and off the disk later. */
@ApplicationScoped
class RemoveLayersSequence {
    private final Transactions transactions;
    private final LayerNaming naming;
    private final NodeId node;
    private final Offload offload = new Offload("layer-removal", 2);

    RemoveLayersSequence(Transactions transactions, LayerNaming naming, LayerStoreSettings settings) {
        this.transactions = transactions;
        this.naming = naming;
        this.node = settings.node();
    }

    Uni<RemovedLayers> remove(RemoveLayers command) {
        Set<String> diffIds =
                new HashSet<>(command.diffIds().stream().map(Digest::toString).toList());
        return transactions
                .inTransaction(session -> LayerRows.lock(session, node.value(), diffIds)
                        .chain(rows -> SnapshotRows.used(session, node.value()).map(used -> rows.stream()
                                .filter(row -> !used.contains(row.diffId))
                                .toList()))
                        .call(rows -> removeAll(session, rows)))
                .call(rows -> offload.run(() -> discardAll(rows)))
                .map(RemoveLayersSequence::answer);
    }

    private static Uni<Void> removeAll(Mutiny.Session session, List<LayerRow> rows) {
        return Deletion.ofAll(session, rows);
    }

    private void discardAll(List<LayerRow> rows) throws IOException {
        for (LayerRow row : rows) {
            naming.discard(Digest.parse(row.diffId), row.link);
        }
    }

    private static RemovedLayers answer(List<LayerRow> rows) {
        long bytes =
                rows.stream().mapToLong(row -> row.unpackedSize + row.blobSize).sum();
        return new RemovedLayers(
                rows.stream().map(row -> Digest.parse(row.diffId)).toList(), bytes);
    }
}
