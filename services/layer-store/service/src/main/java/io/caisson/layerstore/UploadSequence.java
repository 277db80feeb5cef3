package io.caisson.layerstore;

import io.caisson.kernel.Fault;
import io.caisson.kernel.Offload;
import io.caisson.layerstore.api.BlobTarget;
import io.caisson.layerstore.api.UploadLayer;
import io.caisson.layerstore.api.UploadProgress;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.store.LayerRow;
import io.caisson.layerstore.store.LayerRows;
import io.caisson.layerstore.upload.BlobUploads;
import io.caisson.layerstore.upload.OutgoingLayer;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * From a layer to a registry, compressed on the way where it is kept plain. What came out is remembered: the next push can
 * ask for it before it sends anything.
 */
@ApplicationScoped
class UploadSequence {
    private static final long PAUSE_NANOS = 100_000_000;

    private final Transactions transactions;
    private final LayerNaming naming;
    private final LayerFolders folders;
    private final BlobUploads uploads;
    private final String node;
    private final Offload offload;

    UploadSequence(
            Transactions transactions,
            LayerNaming naming,
            LayerFolders folders,
            BlobUploads uploads,
            LayerStoreSettings settings) {
        this.transactions = transactions;
        this.naming = naming;
        this.folders = folders;
        this.uploads = uploads;
        this.node = settings.node().value();
        this.offload = new Offload("layer-upload", settings.uploads());
    }

    Multi<UploadProgress> upload(UploadLayer command) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            var running = upload(command, emitter::emit)
                                    .subscribe()
                                    .with(
                                            sent -> {
                                                emitter.emit(sent);
                                                emitter.complete();
                                            },
                                            emitter::fail);
                            emitter.onTermination(running::cancel);
                        },
                        BackPressureStrategy.LATEST);
    }

    private Uni<UploadProgress.Sent> upload(UploadLayer command, Consumer<UploadProgress> reader) {
        return naming.find(command.diffId())
                .map(found -> found.orElseThrow(() -> Fault.notFound("layer does not exist: " + command.diffId())))
                .chain(row -> offload.call(() -> send(row, command.target(), reader))
                        .call(sent -> remember(row, sent.blob())));
    }

    private UploadProgress.Sent send(LayerRow row, BlobTarget target, Consumer<UploadProgress> reader)
            throws IOException {
        try (OutgoingLayer layer = open(row, new Throttled(row.blobSize, reader))) {
            String location = uploads.send(target, layer, layer.length()).toString();
            return new UploadProgress.Sent(layer.blob(), location);
        }
    }

    private OutgoingLayer open(LayerRow row, LongConsumer reader) throws IOException {
        Path file = LayerFolders.blob(folders.layer(Digest.parse(row.diffId), row.link));
        return LayerMapping.isPlain(row)
                ? OutgoingLayer.compressed(file, reader)
                : OutgoingLayer.asKept(file, LayerMapping.info(row).blob(), reader);
    }

    private Uni<?> remember(LayerRow row, Descriptor blob) {
        if (!LayerMapping.isPlain(row) || blob.digest().toString().equals(row.gzipDigest)) {
            return Uni.createFrom().nullItem();
        }
        return transactions.inTransaction(session -> LayerRows.lock(session, node, List.of(row.diffId))
                .invoke(rows -> rows.forEach(kept -> {
                    kept.gzipDigest = blob.digest().toString();
                    kept.gzipSize = blob.size();
                })));
    }

    /** Ten times a second at most. */
    private static final class Throttled implements LongConsumer {
        private final long total;
        private final Consumer<UploadProgress> reader;
        private long reported = System.nanoTime() - PAUSE_NANOS;

        Throttled(long total, Consumer<UploadProgress> reader) {
            this.total = total;
            this.reader = reader;
        }

        @Override
        public void accept(long bytes) {
            long now = System.nanoTime();
            if (now - reported >= PAUSE_NANOS) {
                reported = now;
                reader.accept(new UploadProgress.Sending(bytes, total));
            }
        }
    }
}
