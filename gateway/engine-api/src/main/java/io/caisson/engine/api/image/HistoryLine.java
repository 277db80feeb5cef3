package io.caisson.engine.api.image;

import io.caisson.image.api.ImageHistory;
import io.caisson.oci.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of {@code docker history}. */
public record HistoryLine(
        String id, long created, String createdBy, @Nullable List<String> tags, long size, String comment) {
    public static List<HistoryLine> all(ImageHistory history) {
        return history.steps().stream().map(HistoryLine::of).toList();
    }

    private static HistoryLine of(ImageHistory.Step step) {
        Digest id = step.id();
        return new HistoryLine(
                id == null ? "<missing>" : id.toString(),
                step.created().getEpochSecond(),
                step.createdBy(),
                step.tags().isEmpty() ? null : step.tags(),
                step.size(),
                step.comment());
    }
}
