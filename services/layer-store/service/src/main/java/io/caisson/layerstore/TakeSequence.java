package io.caisson.layerstore;

import io.caisson.bus.stream.StreamDial;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Offload;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.layerstore.api.TakeLayer;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.files.NewLayer;
import io.caisson.layerstore.files.ShortLinks;
import io.caisson.layerstore.files.Trash;
import io.caisson.layerstore.pass.LayerPass;
import io.caisson.layerstore.pass.PassProgress;
import io.caisson.layerstore.pass.PassResult;
import io.caisson.oci.Descriptor;
import io.caisson.tar.Compression;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** From a stream of this host to a layer, in one pass (commit). */
@ApplicationScoped
class TakeSequence {
    private static final String SHA256 = "sha256";
    private static final int END_MARK = 1024;

    private final LayerFolders folders;
    private final ShortLinks links;
    private final Trash trash;
    private final LayerNaming naming;
    private final long maxSize;
    private final Offload offload = new Offload("layer-take", 2);

    TakeSequence(LayerStoreSettings settings, LayerFolders folders, ShortLinks links, Trash trash, LayerNaming naming) {
        this.folders = folders;
        this.links = links;
        this.trash = trash;
        this.naming = naming;
        this.maxSize = settings.maxSize();
    }

    /** The same layer taken before is the answer then. */
    Uni<LayerInfo> take(TakeLayer command) {
        return offload.call(() -> receive(command.source()))
                .onFailure()
                .transform(LayerFaults::translate)
                .chain(naming::name)
                .map(LayerMapping::info);
    }

    private PlacedLayer receive(StreamTarget source) throws IOException {
        try (var layer = new NewLayer(folders, links, trash)) {
            PassResult result;
            try (SocketChannel channel = StreamDial.open(source);
                    InputStream in = Channels.newInputStream(channel);
                    OutputStream keep = Files.newOutputStream(layer.blob())) {
                result = new LayerPass(SHA256, SHA256, PassProgress.SILENT, maxSize).run(in, keep, layer.diff());
            }
            requireWhole(layer.blob(), result.blobSize());
            var content = LayerFaults.verify(result, result.blob(), result.blob());
            var blob = Descriptor.of(Compression.NONE.layerType(), result.blob(), result.blobSize());
            String link = layer.place(content.diffId(), content.layer());
            return new PlacedLayer(content.diffId(), link, blob, content.layer());
        }
    }

    /** A stream that was cut ends as any other: what tells is the tar's end mark. */
    private static void requireWhole(Path tar, long size) throws IOException {
        try (var file = new RandomAccessFile(tar.toFile(), "r")) {
            byte[] end = new byte[END_MARK];
            if (size >= END_MARK) {
                file.seek(size - END_MARK);
                file.readFully(end);
            }
            for (byte b : end) {
                if (size < END_MARK || b != 0) {
                    throw new Fault(Fault.Kind.UNAVAILABLE, "the layer was cut short");
                }
            }
        }
    }
}
