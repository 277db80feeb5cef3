package io.caisson.engine.api.image;

import io.caisson.image.api.PrunedImages;
import java.util.List;

/** What a prune did, and the bytes that it freed. */
public record ImagePruneReport(List<RemovalLine> imagesDeleted, long spaceReclaimed) {
    public ImagePruneReport {
        imagesDeleted = List.copyOf(imagesDeleted);
    }

    public static ImagePruneReport of(PrunedImages pruned) {
        return new ImagePruneReport(RemovalLine.all(pruned.removal()), pruned.reclaimed());
    }
}
