package io.caisson.image.api;

import io.caisson.oci.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Newest first, as {@code docker history} shows it. */
public record ImageHistory(List<Step> steps) {
    public ImageHistory {
        steps = List.copyOf(steps);
    }

    /** @param id only of the topmost step */
    public record Step(
            @Nullable Digest id, Instant created, String createdBy, List<String> tags, long size, String comment) {
        public Step {
            tags = List.copyOf(tags);
        }
    }
}
