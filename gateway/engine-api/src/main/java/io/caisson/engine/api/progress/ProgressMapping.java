package io.caisson.engine.api.progress;

import io.caisson.image.api.LoadProgress;
import io.caisson.image.api.PullProgress;
import io.caisson.image.api.PushProgress;
import io.caisson.layerstore.api.LayerProgress;
import io.caisson.oci.Digest;
import java.util.List;

/**
 * What a pull, push or load tells, in the lines that Docker writes. Clients parse them: the first names the repository and is never
 * {@code Pulling x...}, the last says how it ended.
 */
public final class ProgressMapping {
    private ProgressMapping() {}

    public static List<ProgressLine> pull(PullProgress progress) {
        return switch (progress) {
            case PullProgress.Started started ->
                List.of(ProgressLine.titled("Pulling from " + started.repositoryPath(), started.tagOrDigest()));
            case PullProgress.LayerQueued queued ->
                List.of(ProgressLine.of("Pulling fs layer", queued.layer().shortHex()));
            case PullProgress.LayerExists exists ->
                List.of(ProgressLine.of("Already exists", exists.layer().shortHex()));
            case PullProgress.LayerMoved moved ->
                List.of(layer(moved.progress(), moved.layer().shortHex()));
            case PullProgress.Pulled pulled -> pulled(pulled);
        };
    }

    private static List<ProgressLine> pulled(PullProgress.Pulled pulled) {
        String outcome = pulled.newer() ? "Downloaded newer image for " : "Image is up to date for ";
        return List.of(
                ProgressLine.status("Digest: " + pulled.digest()),
                ProgressLine.status("Status: " + outcome + pulled.familiarReference()));
    }

    private static ProgressLine layer(LayerProgress progress, String id) {
        return switch (progress) {
            case LayerProgress.Downloading(long current, long total) ->
                ProgressLine.moving("Downloading", id, current, total);
            case LayerProgress.Verifying() -> ProgressLine.of("Verifying Checksum", id);
            case LayerProgress.DownloadComplete() -> ProgressLine.of("Download complete", id);
            case LayerProgress.Extracting(long current, long total) ->
                ProgressLine.moving("Extracting", id, current, total);
            case LayerProgress.Ready _ -> ProgressLine.of("Pull complete", id);
        };
    }

    public static List<ProgressLine> push(PushProgress progress) {
        return switch (progress) {
            case PushProgress.Started(String repository) ->
                List.of(ProgressLine.status("The push refers to repository [" + repository + "]"));
            case PushProgress.LayerPreparing(Digest layer) -> List.of(ProgressLine.of("Preparing", layer.shortHex()));
            case PushProgress.LayerWaiting(Digest layer) -> List.of(ProgressLine.of("Waiting", layer.shortHex()));
            case PushProgress.LayerMoved(Digest layer, long current, long total) ->
                List.of(ProgressLine.moving("Pushing", layer.shortHex(), current, total));
            case PushProgress.LayerRetrying(Digest layer, long seconds) ->
                List.of(ProgressLine.of(
                        "Retrying in " + seconds + (seconds == 1 ? " second" : " seconds"), layer.shortHex()));
            case PushProgress.LayerExists exists ->
                List.of(ProgressLine.of("Layer already exists", exists.layer().shortHex()));
            case PushProgress.LayerMounted mounted ->
                List.of(ProgressLine.of(
                        "Mounted from " + mounted.from(), mounted.layer().shortHex()));
            case PushProgress.LayerPushed pushed ->
                List.of(ProgressLine.of("Pushed", pushed.layer().shortHex()));
            case PushProgress.Tagged(String tag, Digest digest, long size) ->
                List.of(
                        ProgressLine.status(tag + ": digest: " + digest + " size: " + size),
                        ProgressLine.pushed(new ProgressLine.PushedTag(tag, digest.toString(), size)));
        };
    }

    public static ProgressLine load(LoadProgress progress) {
        return switch (progress) {
            case LoadProgress.Loaded(String line) -> ProgressLine.stream(line + "\n");
            case LoadProgress.Layer(String id, long current, long total) ->
                ProgressLine.moving("Loading layer", id, current, total);
        };
    }
}
