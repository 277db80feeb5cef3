package io.caisson.image;

import io.caisson.bus.Ports;
import io.caisson.image.api.CommitImage;
import io.caisson.image.api.ImageDetail;
import io.caisson.image.document.ConfigChanges;
import io.caisson.image.document.ConfigMapping;
import io.caisson.image.document.ConfigWriting;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.ImageReads;
import io.caisson.image.store.NewImage;
import io.caisson.image.store.StoredImage;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.TakeLayer;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.caisson.oci.ImageConfig;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Makes an image of what a container changed: its layer first, the image and its name last. */
@ApplicationScoped
class CommitSequence {
    private final LayerStore layerStore;
    private final LayerClaims claims;
    private final ImageRecording recording;
    private final Transactions transactions;
    private final ImageReads reads;

    CommitSequence(
            Ports ports, LayerClaims claims, ImageRecording recording, Transactions transactions, ImageReads reads) {
        this.layerStore = ports.client(LayerStore.class);
        this.claims = claims;
        this.recording = recording;
        this.transactions = transactions;
        this.reads = reads;
    }

    Uni<ImageDetail> commit(CommitImage command) {
        // What can be wrong with the instructions is told before a layer is made.
        ImageConfig.Execution execution = ConfigChanges.apply(command.config(), command.instructions());
        Reference target = command.target();
        if (target != null && target.digest() != null) {
            throw Fault.invalid("refusing to create a tag with a digest reference");
        }
        return find(command, command.parent()).chain(parent -> claimed(
                        command,
                        parent.diffIds(),
                        layerStore.takeLayer(new TakeLayer(command.node(), command.changes())))
                .chain(layer -> claimed(command, List.of(layer.diffId()), record(command, execution, parent, layer))));
    }

    private <T> Uni<T> claimed(CommitImage command, List<Digest> layers, Uni<T> work) {
        return claims.claim(command.node(), layers)
                .chain(claim -> work.onTermination().invoke(claim::close));
    }

    private Uni<StoredImage> find(CommitImage command, Digest id) {
        return transactions
                .withStatelessSession(session -> reads.byId(session, command.node(), id))
                .map((Optional<StoredImage> found) -> found.orElseThrow(() -> ImageFinder.noSuchImage(id.toString())));
    }

    private Uni<ImageDetail> record(
            CommitImage command, ImageConfig.Execution execution, StoredImage parent, LayerInfo layer) {
        ImageConfig config =
                CommitPlanner.config(command, execution, ConfigMapping.read(parent.config()), layer.diffId());
        byte[] content = ConfigWriting.bytes(config);
        var image = new NewImage(
                command.node(),
                Digest.sha256(content),
                null,
                content,
                CommitPlanner.layers(parent.layers(), layer),
                ConfigMapping.created(config.created()));
        Reference target = command.target();
        List<ImageName> names = target == null ? List.of() : List.of(ImageName.of(target));
        return recording
                .record(new ImageRecording.Entry(image, null, names, "create"))
                .chain(() -> find(command, image.id()))
                .map(DetailMapping::detail);
    }
}
