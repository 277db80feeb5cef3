package io.caisson.layerstore;

import io.caisson.kernel.Offload;
import io.caisson.layerstore.api.AdoptLayer;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.layerstore.archive.ArchivedFile;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.files.NewLayer;
import io.caisson.layerstore.files.ShortLinks;
import io.caisson.layerstore.files.Trash;
import io.caisson.layerstore.pass.LayerPass;
import io.caisson.layerstore.pass.PassResult;
import io.caisson.layerstore.store.LayerRow;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.tar.Compression;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a file of an archive to a layer. */
@ApplicationScoped
class AdoptSequence {
    private static final String SHA256 = "sha256";

    private final OpenArchives archives;
    private final LayerFolders folders;
    private final ShortLinks links;
    private final Trash trash;
    private final LayerNaming naming;
    private final long maxSize;
    private final Offload offload = new Offload("layer-adopt", 2);

    AdoptSequence(
            LayerStoreSettings settings,
            OpenArchives archives,
            LayerFolders folders,
            ShortLinks links,
            Trash trash,
            LayerNaming naming) {
        this.archives = archives;
        this.folders = folders;
        this.links = links;
        this.trash = trash;
        this.naming = naming;
        this.maxSize = settings.maxSize();
    }

    Uni<LayerInfo> adopt(AdoptLayer command) {
        Digest expected = command.expected();
        return archives.file(command.archive(), command.path(), file -> layer(file, expected))
                .map(LayerMapping::info);
    }

    private Uni<LayerRow> layer(ArchivedFile file, @Nullable Digest expected) {
        return find(expected)
                .chain(found -> found.map(row -> Uni.createFrom().item(row)).orElseGet(() -> make(file, expected)));
    }

    private Uni<Optional<LayerRow>> find(@Nullable Digest expected) {
        return expected == null ? Uni.createFrom().item(Optional.empty()) : naming.find(expected);
    }

    private Uni<LayerRow> make(ArchivedFile file, @Nullable Digest expected) {
        return offload.call(() -> unpack(file, expected))
                .onFailure()
                .transform(LayerFaults::translate)
                .chain(naming::name);
    }

    private PlacedLayer unpack(ArchivedFile file, @Nullable Digest expected) throws IOException {
        try (var layer = new NewLayer(folders, links, trash)) {
            PassResult result;
            try (InputStream in = Files.newInputStream(file.file())) {
                String diffAlgorithm = expected == null ? SHA256 : expected.algorithm();
                var pass = new LayerPass(file.digest(), diffAlgorithm, maxSize);
                result = pass.run(in, OutputStream.nullOutputStream(), layer.diff());
            }
            var content = LayerFaults.verify(result, file.digest(), expected);
            Descriptor blob = keep(file, content.compression(), content.diffId(), layer);
            String link = layer.place(content.diffId(), content.layer());
            return new PlacedLayer(content.diffId(), link, blob, content.layer());
        }
    }

    /** As it came where registries know that form, else plain. */
    private static Descriptor keep(ArchivedFile file, Compression compression, Digest diffId, NewLayer layer)
            throws IOException {
        if (compression.hasLayerType()) {
            var _ = Files.createLink(layer.blob(), file.file());
            return Descriptor.of(compression.layerType(), file.digest(), file.size());
        }
        try (InputStream plain = Compression.decompress(Files.newInputStream(file.file()))) {
            long size = Files.copy(plain, layer.blob());
            return Descriptor.of(compression.layerType(), diffId, size);
        }
    }
}
