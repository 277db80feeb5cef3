package io.caisson.image;

import io.caisson.bus.Ports;
import io.caisson.image.api.PushImage;
import io.caisson.image.api.PushProgress;
import io.caisson.image.registry.Registries;
import io.caisson.image.registry.RepositorySession;
import io.caisson.image.store.BlobPlaces;
import io.caisson.image.store.StoredManifest;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.DescribeLayers;
import io.caisson.layerstore.api.LayerForm;
import io.caisson.layerstore.api.LayerForms;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Pushes an image: its layers side by side, its config, and last the manifest that makes it exist; then it is recorded. */
@ApplicationScoped
class PushSequence {
    private final Registries registries;
    private final LayerStore layerStore;
    private final LayerClaims claims;
    private final Transactions transactions;
    private final BlobPlaces places;
    private final PushSelection selection;
    private final LayerPushSequence layerPush;
    private final PushRecording recording;
    private final int uploads;

    PushSequence(
            Registries registries,
            Ports ports,
            LayerClaims claims,
            Transactions transactions,
            BlobPlaces places,
            PushSelection selection,
            LayerPushSequence layerPush,
            PushRecording recording,
            @ConfigProperty(name = "caisson.max-concurrent-uploads", defaultValue = "5") int uploads) {
        this.registries = registries;
        this.layerStore = ports.client(LayerStore.class);
        this.claims = claims;
        this.transactions = transactions;
        this.places = places;
        this.selection = selection;
        this.layerPush = layerPush;
        this.recording = recording;
        this.uploads = Math.max(1, uploads);
    }

    Multi<PushProgress> push(PushImage command) {
        PushProgress started = new PushProgress.Started(command.reference().repository());
        Multi<PushProgress> tags = selection
                .choose(command)
                .chain(chosen -> registries
                        .open(command.reference(), command.auth())
                        .map(repository -> targets(repository, chosen)))
                .onItem()
                .transformToMulti(targets ->
                        Multi.createFrom().iterable(targets).onItem().transformToMultiAndConcatenate(this::image));
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(started), tags);
    }

    private static List<PushTarget> targets(RepositorySession repository, List<PushSelection.Chosen> chosen) {
        return chosen.stream()
                .map(one -> new PushTarget(repository, one.image(), one.name(), one.manifest()))
                .toList();
    }

    private Multi<PushProgress> image(PushTarget target) {
        return claims.claim(target.node(), target.image().diffIds())
                .onItem()
                .transformToMulti(
                        claim -> layersThenManifest(target).onTermination().invoke(claim::close));
    }

    private Multi<PushProgress> layersThenManifest(PushTarget target) {
        return plan(target).onItem().transformToMulti(plan -> {
            var blobs = new PushedBlobs();
            Multi<PushProgress> layers = Multi.createFrom()
                    .iterable(plan)
                    .onItem()
                    .transformToMulti(layer -> layerPush.push(target, layer))
                    .merge(uploads)
                    .invoke(blobs::note);
            Multi<PushProgress> end = Multi.createFrom()
                    .uni(Uni.createFrom()
                            .deferred(() ->
                                    manifest(target, blobs.of(target.image().diffIds()))));
            return Multi.createBy().concatenating().streams(Multi.createFrom().iterable(announced(plan)), layers, end);
        });
    }

    private Uni<List<PushPlanner.Layer>> plan(PushTarget target) {
        return layerStore
                .forms(new DescribeLayers(target.node(), target.image().diffIds()))
                .map(LayerForms::layers)
                .chain(forms -> transactions
                        .withStatelessSession(session ->
                                places.elsewhere(session, target.repository().reference(), known(forms)))
                        .map(elsewhere -> PushPlanner.layers(forms, elsewhere)));
    }

    private static List<Digest> known(List<LayerForm> forms) {
        return forms.stream()
                .map(LayerForm::blob)
                .filter(Objects::nonNull)
                .map(Descriptor::digest)
                .toList();
    }

    private List<PushProgress> announced(List<PushPlanner.Layer> plan) {
        return IntStream.range(0, plan.size() + Math.max(0, plan.size() - uploads))
                .mapToObj(i -> i < plan.size()
                        ? (PushProgress)
                                new PushProgress.LayerPreparing(plan.get(i).diffId())
                        : new PushProgress.LayerWaiting(
                                plan.get(i - plan.size() + uploads).diffId()))
                .toList();
    }

    private Uni<PushProgress> manifest(PushTarget target, List<Descriptor> layers) {
        return target.repository()
                .blobs()
                .put(target.image().config())
                .chain(() -> put(target, PushPlanner.manifests(target, layers)))
                .call(manifest -> recording.record(target, manifest, layers))
                .map(manifest -> new PushProgress.Tagged(target.tag(), manifest.digest(), manifest.content().length));
    }

    /** A registry may not take every kind of manifest. */
    private static Uni<StoredManifest> put(PushTarget target, List<StoredManifest> manifests) {
        StoredManifest first = manifests.getFirst();
        Uni<StoredManifest> put = target.repository()
                .putManifest(target.tag(), first.mediaType(), first.content())
                .replaceWith(first);
        return manifests.size() == 1
                ? put
                : put.onFailure(error -> Fault.of(error).kind() == Fault.Kind.INVALID)
                        .recoverWithUni(() -> put(target, manifests.subList(1, manifests.size())));
    }
}
