package io.caisson.layerstore;

import io.caisson.bus.stream.StreamServer;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.WriteArchive;
import io.caisson.layerstore.archive.ArchiveWriter;
import io.caisson.layerstore.archive.ArchiveWriter.Part;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.store.LayerRow;
import io.caisson.layerstore.store.LayerRows;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A tar on its way out, made while it is read. */
@ApplicationScoped
class SaveSequence {
    private final Transactions transactions;
    private final LayerFolders folders;
    private final StreamServer streams;
    private final String node;

    SaveSequence(Transactions transactions, LayerFolders folders, StreamServer streams, LayerStoreSettings settings) {
        this.transactions = transactions;
        this.folders = folders;
        this.streams = streams;
        this.node = settings.node().value();
    }

    Uni<StreamTarget> write(WriteArchive command) {
        Set<String> diffIds = command.entries().stream()
                .filter(WriteArchive.Entry.Blob.class::isInstance)
                .map(entry -> ((WriteArchive.Entry.Blob) entry).diffId().toString())
                .collect(Collectors.toSet());
        return transactions
                .withSession(session -> LayerRows.find(session, node, diffIds))
                .map(SnapshotMapping::byDiffId)
                .map(rows -> {
                    List<Part> parts = command.entries().stream()
                            .map(entry -> part(entry, rows))
                            .toList();
                    return streams.offer((_, out) -> ArchiveWriter.write(parts, out));
                });
    }

    private Part part(WriteArchive.Entry entry, Map<String, LayerRow> rows) {
        return switch (entry) {
            case WriteArchive.Entry.Inline inline -> new Part.Text(inline.path(), inline.text());
            case WriteArchive.Entry.Blob blob -> new Part.Content(blob.path(), blobOf(blob.diffId(), rows));
        };
    }

    private Path blobOf(Digest diffId, Map<String, LayerRow> rows) {
        LayerRow row = rows.get(diffId.toString());
        if (row == null) {
            throw Fault.notFound("layer does not exist: " + diffId);
        }
        return LayerFolders.blob(folders.layer(diffId, row.link));
    }
}
