package io.caisson.layerstore;

import io.caisson.kernel.Offload;
import io.caisson.layerstore.api.FetchLayer;
import io.caisson.layerstore.api.LayerProgress;
import io.caisson.layerstore.download.BlobDownloads;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.files.NewLayer;
import io.caisson.layerstore.files.ShortLinks;
import io.caisson.layerstore.files.Trash;
import io.caisson.layerstore.pass.LayerPass;
import io.caisson.layerstore.pass.PassResult;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.function.Consumer;

/**
 * From a registry to a layer: download, verify and unpack in one pass, put it in its place, name it. The same layer is
 * fetched once, however many ask.
 */
@ApplicationScoped
class FetchSequence {
    private final Flights<LayerProgress> flights = new Flights<>();
    private final BlobDownloads downloads;
    private final LayerFolders folders;
    private final ShortLinks links;
    private final Trash trash;
    private final LayerNaming naming;
    private final long maxSize;
    private final Offload offload;

    FetchSequence(
            LayerStoreSettings settings,
            BlobDownloads downloads,
            LayerFolders folders,
            ShortLinks links,
            Trash trash,
            LayerNaming naming) {
        this.downloads = downloads;
        this.folders = folders;
        this.links = links;
        this.trash = trash;
        this.naming = naming;
        this.maxSize = settings.maxSize();
        this.offload = new Offload("layer-fetch", settings.downloads());
    }

    Multi<LayerProgress> fetch(FetchLayer command) {
        return flights.join(command.diffId().toString(), progress -> fetch(command, progress));
    }

    private Uni<LayerProgress> fetch(FetchLayer command, Consumer<LayerProgress> progress) {
        return naming.find(command.diffId())
                .chain(found -> found.map(row -> Uni.createFrom().item(row))
                        .orElseGet(() -> offload.call(() -> download(command, progress))
                                .onFailure()
                                .transform(LayerFaults::translate)
                                .chain(naming::name)))
                .map(LayerMapping::ready);
    }

    private PlacedLayer download(FetchLayer command, Consumer<LayerProgress> progress) throws Exception {
        try (var layer = new NewLayer(folders, links, trash)) {
            PassResult result;
            try (InputStream in = downloads.open(command.blob(), command.source());
                    OutputStream keep = Files.newOutputStream(layer.blob())) {
                var report = new FetchProgress(progress, command.blob().size());
                var pass = new LayerPass(
                        command.blob().digest().algorithm(), command.diffId().algorithm(), report, maxSize);
                result = pass.run(in, keep, layer.diff());
            }
            var content = LayerFaults.verify(result, command.blob().digest(), command.diffId());
            String link = layer.place(command.diffId(), content.layer());
            return new PlacedLayer(command.diffId(), link, command.blob(), content.layer());
        }
    }
}
