package io.caisson.image;

import io.caisson.bus.Ports;
import io.caisson.image.api.PushProgress;
import io.caisson.image.registry.PushBlob;
import io.caisson.image.registry.PushBlob.Begun;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.UploadLayer;
import io.caisson.layerstore.api.UploadProgress;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * One layer of a push: is it there, can it be mounted, else it is sent. The bytes go from the layer store to the registry; the
 * blob comes to be with the last request, so a push that breaks off leaves none.
 */
@ApplicationScoped
class LayerPushSequence {
    private static final int MAX_MOUNTS = 3;

    private final LayerStore layerStore;
    private final Duration pause;
    private final int attempts;

    LayerPushSequence(
            Ports ports,
            @ConfigProperty(name = "caisson.image.push-pause") Duration pause,
            @ConfigProperty(name = "caisson.max-upload-attempts") int attempts) {
        this.layerStore = ports.client(LayerStore.class);
        this.pause = pause;
        this.attempts = Math.max(1, attempts);
    }

    Multi<PushProgress> push(PushTarget target, PushPlanner.Layer layer) {
        return attempt(target, layer, 1);
    }

    private Multi<PushProgress> attempt(PushTarget target, PushPlanner.Layer layer, int number) {
        Multi<PushProgress> once = exists(target, layer)
                .onItem()
                .transformToMulti(there -> there ? exists(layer) : mountOrSend(target, layer));
        if (number >= attempts) {
            return once;
        }
        return once.onFailure(LayerPushSequence::mayPass).recoverWithMulti(() -> Multi.createBy()
                .concatenating()
                .streams(
                        countdown(layer, number),
                        Multi.createFrom().deferred(() -> attempt(target, layer, number + 1))));
    }

    private static boolean mayPass(Throwable error) {
        return Fault.of(error).kind() == Fault.Kind.UNAVAILABLE;
    }

    /** Longer each time, told second by second. */
    private Multi<PushProgress> countdown(PushPlanner.Layer layer, int number) {
        long seconds = pause.toSeconds() * number;
        return Multi.createFrom()
                .range(0, (int) seconds)
                .map(passed -> (PushProgress) new PushProgress.LayerRetrying(layer.diffId(), seconds - passed))
                .onItem()
                .call(() -> Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofSeconds(1)));
    }

    private static Uni<Boolean> exists(PushTarget target, PushPlanner.Layer layer) {
        Descriptor blob = layer.blob();
        return blob == null
                ? Uni.createFrom().item(false)
                : target.repository().blobs().exists(blob.digest());
    }

    private static Multi<PushProgress> exists(PushPlanner.Layer layer) {
        return Multi.createFrom().item(new PushProgress.LayerExists(layer.diffId(), blobOf(layer)));
    }

    private static Descriptor blobOf(PushPlanner.Layer layer) {
        Descriptor blob = layer.blob();
        if (blob == null) {
            throw new IllegalStateException("a layer is looked for by its blob");
        }
        return blob;
    }

    private Multi<PushProgress> mountOrSend(PushTarget target, PushPlanner.Layer layer) {
        return begin(target.repository().blobs(), layer).onItem().transformToMulti(begun -> switch (begun) {
            case Begun.Mounted mounted ->
                Multi.createFrom().item(new PushProgress.LayerMounted(layer.diffId(), blobOf(layer), mounted.from()));
            case Begun.Upload upload -> send(target, layer.diffId(), upload.location());
        });
    }

    private static Uni<Begun> begin(PushBlob blobs, PushPlanner.Layer layer) {
        List<String> places = layer.elsewhere();
        return places.isEmpty()
                ? blobs.open().map(upload -> (Begun) upload)
                : mount(blobs, blobOf(layer).digest(), places.subList(0, Math.min(MAX_MOUNTS, places.size())));
    }

    /** From the first place that works; the upload that the registry opens instead of the last is used. */
    private static Uni<Begun> mount(PushBlob blobs, Digest blob, List<String> places) {
        Uni<Begun> first = blobs.mount(blob, places.getFirst());
        if (places.size() == 1) {
            return first;
        }
        return first.chain(begun -> switch (begun) {
            case Begun.Mounted mounted -> Uni.createFrom().item(mounted);
            case Begun.Upload upload ->
                blobs.abandon(upload.location()).chain(() -> mount(blobs, blob, places.subList(1, places.size())));
        });
    }

    private Multi<PushProgress> send(PushTarget target, Digest diffId, URI location) {
        return target.repository()
                .target(location)
                .onItem()
                .transformToMulti(to -> layerStore.upload(new UploadLayer(target.node(), diffId, to)))
                .onItem()
                .transformToUniAndConcatenate(progress -> switch (progress) {
                    case UploadProgress.Sending(long current, long total) ->
                        Uni.createFrom().item(new PushProgress.LayerMoved(diffId, current, total));
                    case UploadProgress.Sent sent -> commit(target, diffId, sent);
                });
    }

    private static Uni<PushProgress> commit(PushTarget target, Digest diffId, UploadProgress.Sent sent) {
        return target.repository()
                .blobs()
                .commit(URI.create(sent.location()), sent.blob().digest())
                .replaceWith(new PushProgress.LayerPushed(diffId, sent.blob()));
    }
}
