package io.caisson.image;

import io.caisson.image.api.CommitImage;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.oci.Digest;
import io.caisson.oci.ImageConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The config of an image that is made of a container. Pure but for the time. */
final class CommitPlanner {
    /** A tar of nothing: two blocks of zeros. An image gets no layer of that, only a line in its history. */
    static final Digest EMPTY_LAYER =
            Digest.parse("sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef");

    private CommitPlanner() {}

    static ImageConfig config(CommitImage command, ImageConfig.Execution execution, ImageConfig parent, Digest layer) {
        String now = Instant.now().toString();
        boolean empty = layer.equals(EMPTY_LAYER);
        List<Digest> diffIds = new ArrayList<>(parent.rootfs().diffIds());
        if (!empty) {
            diffIds.add(layer);
        }
        List<ImageConfig.History> history = new ArrayList<>(parent.history());
        history.add(new ImageConfig.History(
                now, orNull(command.createdBy()), orNull(command.author()), orNull(command.comment()), empty));
        return new ImageConfig(
                parent.architecture(),
                parent.os(),
                parent.variant(),
                now,
                orNull(command.author()),
                execution,
                new ImageConfig.RootFs("layers", diffIds),
                history);
    }

    static List<LayerInfo> layers(List<LayerInfo> below, LayerInfo layer) {
        List<LayerInfo> all = new ArrayList<>(below);
        if (!layer.diffId().equals(EMPTY_LAYER)) {
            all.add(layer);
        }
        return all;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
