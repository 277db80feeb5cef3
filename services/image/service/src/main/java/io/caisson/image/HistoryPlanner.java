package io.caisson.image;

import io.caisson.image.api.ImageHistory;
import io.caisson.image.api.ImageHistory.Step;
import io.caisson.image.document.ConfigMapping;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.StoredImage;
import io.caisson.oci.ImageConfig;
import io.caisson.oci.ImageConfig.History;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an image came about, as its config tells it; sizes from its layers. Pure. */
final class HistoryPlanner {
    private HistoryPlanner() {}

    static ImageHistory history(StoredImage image) {
        ImageConfig config = ConfigMapping.read(image.config());
        List<Step> steps = new ArrayList<>();
        int layer = 0;
        for (int i = 0; i < config.history().size(); i++) {
            History entry = config.history().get(i);
            long size = 0;
            if (!entry.emptyLayer() && layer < image.layers().size()) {
                size = image.layers().get(layer++).size();
            }
            steps.add(step(image, entry, size, i == config.history().size() - 1));
        }
        Collections.reverse(steps);
        return new ImageHistory(steps);
    }

    private static Step step(StoredImage image, History entry, long size, boolean top) {
        return new Step(
                top ? image.id() : null,
                ConfigMapping.created(entry.created()),
                orEmpty(entry.createdBy()),
                top ? image.tags().stream().map(ImageName::familiar).toList() : List.of(),
                size,
                orEmpty(entry.comment()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
