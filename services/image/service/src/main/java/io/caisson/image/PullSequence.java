package io.caisson.image;

import io.caisson.bus.Ports;
import io.caisson.image.api.PullImage;
import io.caisson.image.api.PullProgress;
import io.caisson.image.document.ManifestDocument;
import io.caisson.image.document.PlatformPlanner;
import io.caisson.image.registry.Registries;
import io.caisson.image.registry.RepositorySession;
import io.caisson.image.store.ImageReads;
import io.caisson.image.store.Leftovers;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.DescribeLayers;
import io.caisson.layerstore.api.FetchLayer;
import io.caisson.layerstore.api.FindMissing;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.MissingLayers;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;

/**
 * Pulls an image: reference, manifest, config, layers, and last its name.
 *
 * <p>The layers are downloaded by the node's layer store: their bytes do not pass here. What a failed or cancelled pull has
 * fetched is kept for the next try, and swept later.
 */
@ApplicationScoped
class PullSequence {
    /** Layers asked for at once; the layer store has its own, lower bound for what it does at once. */
    private static final int FETCHES = 6;

    private final Registries registries;
    private final LayerStore layerStore;
    private final LayerClaims claims;
    private final Transactions transactions;
    private final Leftovers leftovers;
    private final ImageReads reads;
    private final PullRecording recording;

    PullSequence(
            Registries registries,
            Ports ports,
            LayerClaims claims,
            Transactions transactions,
            Leftovers leftovers,
            ImageReads reads,
            PullRecording recording) {
        this.registries = registries;
        this.layerStore = ports.client(LayerStore.class);
        this.claims = claims;
        this.transactions = transactions;
        this.leftovers = leftovers;
        this.reads = reads;
        this.recording = recording;
    }

    Multi<PullProgress> pull(PullImage command) {
        return target(command).onItem().transformToMulti(target -> Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(started(target)), content(target)));
    }

    private Uni<PullTarget> target(PullImage command) {
        return registries
                .resolve(command.reference().withDefaultTag(), command.auth())
                .chain(resolved -> imageManifest(resolved.repository(), resolved.document(), command)
                        .map(image -> new PullTarget(command, resolved.repository(), resolved.document(), image)));
    }

    private static Uni<ManifestDocument.OfImage> imageManifest(
            RepositorySession repository, ManifestDocument document, PullImage command) {
        return switch (document) {
            case ManifestDocument.OfImage image -> Uni.createFrom().item(image);
            case ManifestDocument.OfIndex index -> {
                Descriptor chosen = PlatformPlanner.choose(index.index(), PullTarget.wanted(command));
                yield repository.manifest(chosen.digest().toString()).map(PullSequence::notNested);
            }
        };
    }

    private static ManifestDocument.OfImage notNested(ManifestDocument document) {
        return switch (document) {
            case ManifestDocument.OfImage image -> image;
            case ManifestDocument.OfIndex index ->
                throw Fault.invalid("invalid index: " + index.digest() + " is an index too");
        };
    }

    private static PullProgress started(PullTarget target) {
        return new PullProgress.Started(target.reference().path(), target.tagOrDigest());
    }

    private Multi<PullProgress> content(PullTarget target) {
        Descriptor config = target.image().manifest().config();
        PullPlanner.refuseForeign(config);
        return target.repository()
                .blob(config, "image config")
                .map(target::with)
                .onItem()
                .transformToMulti(found -> claims.claim(target.node(), found.diffIds())
                        .onItem()
                        .transformToMulti(
                                claim -> layersThenName(found).onTermination().invoke(claim::close)));
    }

    private Multi<PullProgress> layersThenName(PullTarget.WithConfig found) {
        PullTarget target = found.target();
        Multi<PullProgress> layers = missing(found).onItem().transformToMulti(missing -> layers(found, missing));
        Multi<PullProgress> end = Multi.createFrom()
                .uni(Uni.createFrom()
                        .deferred(() -> layerStore.describe(new DescribeLayers(target.node(), found.diffIds())))
                        .chain(infos -> recording.record(found, found.image(infos.layers()))));
        return Multi.createBy().concatenating().streams(layers, end);
    }

    private Uni<List<Digest>> missing(PullTarget.WithConfig found) {
        return layerStore
                .missing(new FindMissing(found.target().node(), found.diffIds()))
                .map(MissingLayers::diffIds);
    }

    private Multi<PullProgress> layers(PullTarget.WithConfig found, List<Digest> missing) {
        PullTarget target = found.target();
        var plan = PullPlanner.plan(target.image().manifest(), found.config(), new HashSet<>(missing));
        if (missing.isEmpty()) {
            return announced(target, plan);
        }
        Multi<PullProgress> fetches = Multi.createFrom()
                .iterable(plan)
                .select()
                .where(layer -> !layer.present())
                .onItem()
                .transformToMulti(layer -> fetch(target, layer))
                .merge(FETCHES);
        Uni<Integer> noted =
                transactions.inStatelessTransaction(session -> leftovers.note(session, target.node(), missing));
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().iterable(plan).map(PullSequence::announcement),
                        noted.onItem().transformToMulti(_ -> fetches));
    }

    /** An image that is known as it is needs no word about its layers. */
    private Multi<PullProgress> announced(PullTarget target, List<PullPlanner.Layer> plan) {
        return transactions
                .withStatelessSession(session -> reads.byId(session, target.node(), target.id()))
                .onItem()
                .transformToMulti(known -> known.isPresent()
                        ? Multi.createFrom().empty()
                        : Multi.createFrom().iterable(plan).map(PullSequence::announcement));
    }

    private static PullProgress announcement(PullPlanner.Layer layer) {
        Digest blob = layer.blob().digest();
        return layer.present() ? new PullProgress.LayerExists(blob) : new PullProgress.LayerQueued(blob);
    }

    private Multi<PullProgress> fetch(PullTarget target, PullPlanner.Layer layer) {
        return target.repository()
                .source(layer.blob())
                .onItem()
                .transformToMulti(
                        source -> layerStore.fetch(new FetchLayer(target.node(), layer.blob(), layer.diffId(), source)))
                .map(progress -> new PullProgress.LayerMoved(layer.blob().digest(), progress));
    }
}
