package io.caisson.image;

import io.caisson.bus.Ports;
import io.caisson.image.api.ImageDetail;
import io.caisson.image.api.ImportImage;
import io.caisson.image.document.ConfigChanges;
import io.caisson.image.document.ConfigMapping;
import io.caisson.image.document.ConfigWriting;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.ImageReads;
import io.caisson.image.store.NewImage;
import io.caisson.image.store.StoredImage;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.AdoptLayer;
import io.caisson.layerstore.api.ArchiveRef;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.caisson.oci.ImageConfig;
import io.caisson.oci.Platform;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Makes an image of one layer out of a root file system. */
@ApplicationScoped
class ImportSequence {
    private static final String DEFAULT_MESSAGE = "Imported from -";

    private final LayerStore layerStore;
    private final LayerClaims claims;
    private final ImageRecording recording;
    private final Transactions transactions;
    private final ImageReads reads;

    ImportSequence(
            Ports ports, LayerClaims claims, ImageRecording recording, Transactions transactions, ImageReads reads) {
        this.layerStore = ports.client(LayerStore.class);
        this.claims = claims;
        this.recording = recording;
        this.transactions = transactions;
        this.reads = reads;
    }

    Uni<ImageDetail> importRootfs(ImportImage command) {
        // What can be wrong with the changes is told before a layer is made.
        ImageConfig.Execution execution = ConfigChanges.apply(ImageConfig.Execution.empty(), command.changes());
        Reference target = command.target();
        if (target != null && target.digest() != null) {
            throw Fault.invalid("cannot import digest reference");
        }
        var archive = new ArchiveRef(command.node(), command.archive());
        return adopt(command)
                .chain(layer -> claims.claim(command.node(), List.of(layer.diffId()))
                        .chain(claim -> record(command, execution, layer)
                                .onTermination()
                                .invoke(claim::close)))
                .onTermination()
                .call(() -> layerStore.closeArchive(archive).onFailure().recoverWithNull());
    }

    private Uni<LayerInfo> adopt(ImportImage command) {
        return layerStore.adoptLayer(new AdoptLayer(command.node(), command.archive(), "", null));
    }

    private Uni<ImageDetail> record(ImportImage command, ImageConfig.Execution execution, LayerInfo layer) {
        ImageConfig config = config(command, execution, layer.diffId());
        byte[] content = ConfigWriting.bytes(config);
        var image = new NewImage(
                command.node(),
                Digest.sha256(content),
                null,
                content,
                List.of(layer),
                ConfigMapping.created(config.created()));
        Reference target = command.target();
        List<ImageName> names = target == null ? List.of() : List.of(ImageName.of(target));
        return recording
                .record(new ImageRecording.Entry(image, null, names, "import"))
                .chain(() ->
                        transactions.withStatelessSession(session -> reads.byId(session, command.node(), image.id())))
                .map(found -> found.<ImageDetail>map((StoredImage stored) -> DetailMapping.detail(stored))
                        .orElseThrow(() -> ImageFinder.noSuchImage(image.id().toString())));
    }

    private static ImageConfig config(ImportImage command, ImageConfig.Execution execution, Digest diffId) {
        Platform platform = command.platform() == null ? Platform.host() : command.platform();
        String now = Instant.now().toString();
        String message = command.message().isEmpty() ? DEFAULT_MESSAGE : command.message();
        return new ImageConfig(
                platform.architecture(),
                platform.os(),
                platform.variant(),
                now,
                null,
                execution,
                new ImageConfig.RootFs("layers", List.of(diffId)),
                List.of(new ImageConfig.History(now, null, null, message, false)));
    }
}
