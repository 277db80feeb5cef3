package io.caisson.layerstore;

import io.caisson.kernel.Fault;
import io.caisson.kernel.NodeId;
import io.caisson.kernel.Offload;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.files.ShortLinks;
import io.caisson.layerstore.files.Trash;
import io.caisson.layerstore.store.LayerRow;
import io.caisson.layerstore.store.LayerRows;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The last step of a layer's coming to be: the row that makes it exist. */
@ApplicationScoped
class LayerNaming {
    private final Transactions transactions;
    private final LayerFolders folders;
    private final ShortLinks links;
    private final Trash trash;
    private final NodeId node;
    private final Offload offload = new Offload("layer-naming", 4);

    LayerNaming(
            Transactions transactions,
            LayerFolders folders,
            ShortLinks links,
            Trash trash,
            LayerStoreSettings settings) {
        this.transactions = transactions;
        this.folders = folders;
        this.links = links;
        this.trash = trash;
        this.node = settings.node();
    }

    Uni<Optional<LayerRow>> find(Digest diffId) {
        return transactions.withSession(session -> LayerRows.find(session, node.value(), List.of(diffId.toString()))
                .map(rows -> rows.stream().findFirst()));
    }

    /**
     * Writes the row; whoever had the same layer first wins, and the files of the other go. Not to be cancelled half-way:
     * then nobody would know whether the files are named.
     */
    Uni<LayerRow> name(PlacedLayer layer) {
        Uni<LayerRow> naming =
                insert(layer).onFailure().recoverWithUni(error -> discard(layer).chain(() -> existing(layer, error)));
        return Uni.createFrom().emitter(emitter -> naming.subscribe().with(emitter::complete, emitter::fail));
    }

    private Uni<LayerRow> insert(PlacedLayer layer) {
        return transactions.inTransaction(session -> {
            LayerRow row = LayerMapping.row(node, layer);
            return session.persist(row).replaceWith(row);
        });
    }

    private Uni<LayerRow> existing(PlacedLayer layer, Throwable error) {
        if (Fault.of(error).kind() != Fault.Kind.CONFLICT) {
            return Uni.createFrom().failure(error);
        }
        return find(layer.diffId()).map(found -> found.orElseThrow(() -> Fault.of(error)));
    }

    private Uni<?> discard(PlacedLayer layer) {
        return offload.run(() -> discard(layer.diffId(), layer.link()));
    }

    /** Takes a layer's files out of sight. Blocks. */
    void discard(Digest diffId, String link) throws IOException {
        links.remove(link);
        trash.discard(folders.layer(diffId, link));
    }
}
