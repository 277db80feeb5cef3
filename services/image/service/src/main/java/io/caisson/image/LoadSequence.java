package io.caisson.image;

import io.caisson.bus.Ports;
import io.caisson.image.api.ArchiveUpload;
import io.caisson.image.api.LoadImages;
import io.caisson.image.api.LoadProgress;
import io.caisson.image.api.OpenLoad;
import io.caisson.image.archive.LoadPlanner;
import io.caisson.image.archive.PlannedImage;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.Leftovers;
import io.caisson.layerstore.api.AdoptLayer;
import io.caisson.layerstore.api.ArchiveRef;
import io.caisson.layerstore.api.DescribeLayers;
import io.caisson.layerstore.api.FindMissing;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.OpenArchive;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.caisson.oci.Platform;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes in the images of an archive, one after the other: its layers first, its names last. */
@ApplicationScoped
class LoadSequence {
    /** While one layer waits for the disk, another is unpacked. */
    private static final int AT_ONCE = 2;

    private final LayerStore layerStore;
    private final LayerClaims claims;
    private final Transactions transactions;
    private final Leftovers leftovers;
    private final ImageRecording recording;

    LoadSequence(
            Ports ports, LayerClaims claims, Transactions transactions, Leftovers leftovers, ImageRecording recording) {
        this.layerStore = ports.client(LayerStore.class);
        this.claims = claims;
        this.transactions = transactions;
        this.leftovers = leftovers;
        this.recording = recording;
    }

    Uni<ArchiveUpload> open(OpenLoad command) {
        return layerStore
                .openArchive(new OpenArchive(command.node(), command.rootfs()))
                .map(opened -> new ArchiveUpload(opened.id(), opened.upload()));
    }

    Multi<LoadProgress> load(LoadImages command) {
        var archive = new ArchiveRef(command.node(), command.archive());
        Platform wanted = command.platform() == null ? Platform.host() : command.platform();
        return layerStore
                .awaitArchive(archive)
                .map(listing -> LoadPlanner.plan(listing, wanted))
                .onItem()
                .transformToMulti(images -> Multi.createFrom()
                        .iterable(images)
                        .onItem()
                        .transformToMultiAndConcatenate(image -> image(command, image)))
                .onTermination()
                .call(() -> layerStore.closeArchive(archive).onFailure().recoverWithNull());
    }

    private Multi<LoadProgress> image(LoadImages command, PlannedImage image) {
        return claims.claim(command.node(), image.diffIds()).onItem().transformToMulti(claim -> Multi.createBy()
                .concatenating()
                .streams(layers(command, image), named(command, image))
                .onTermination()
                .invoke(claim::close));
    }

    private Multi<LoadProgress> layers(LoadImages command, PlannedImage image) {
        return layerStore
                .missing(new FindMissing(command.node(), image.diffIds()))
                .call(missing -> transactions.inStatelessTransaction(
                        session -> leftovers.note(session, command.node(), missing.diffIds())))
                .onItem()
                .transformToMulti(missing -> Multi.createFrom()
                        .iterable(toAdopt(image, missing.diffIds()))
                        .onItem()
                        .transformToMulti(layer -> adopt(command, layer))
                        .merge(AT_ONCE));
    }

    private static List<PlannedImage.Layer> toAdopt(PlannedImage image, List<Digest> missing) {
        Set<Digest> left = new HashSet<>(missing);
        return image.layers().stream()
                .filter(layer -> left.remove(layer.diffId()))
                .toList();
    }

    private Multi<LoadProgress> adopt(LoadImages command, PlannedImage.Layer layer) {
        String shown = layer.diffId().shortHex();
        Uni<LoadProgress> adopted = Uni.createFrom()
                .deferred(() -> layerStore.adoptLayer(
                        new AdoptLayer(command.node(), command.archive(), layer.path(), layer.diffId())))
                .map(_ -> new LoadProgress.Layer(shown, layer.size(), layer.size()));
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(new LoadProgress.Layer(shown, 0, layer.size())), adopted.toMulti());
    }

    private Multi<LoadProgress> named(LoadImages command, PlannedImage image) {
        return Uni.createFrom()
                .deferred(() -> layerStore.describe(new DescribeLayers(command.node(), image.diffIds())))
                .map(infos -> new ImageRecording.Entry(
                        image.image(command.node(), infos.layers()), image.manifest(), image.names(), "load"))
                .chain(recording::record)
                .onItem()
                .transformToMulti(_ -> Multi.createFrom().iterable(lines(image)));
    }

    private static List<LoadProgress> lines(PlannedImage image) {
        if (image.names().isEmpty()) {
            return List.of(new LoadProgress.Loaded("Loaded image ID: " + image.id()));
        }
        return image.names().stream()
                .map(ImageName::familiar)
                .<LoadProgress>map(name -> new LoadProgress.Loaded("Loaded image: " + name))
                .toList();
    }
}
