package io.caisson.engine.api.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caisson.engine.api.ApiVersion;
import io.caisson.image.api.ImageDetail;
import io.caisson.oci.ImageConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of {@code docker images}. */
public record ImageSummary(
        String id,
        @JsonProperty("ParentId") String parentId,
        List<String> repoTags,
        List<String> repoDigests,
        long created,
        long size,
        long sharedSize,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long virtualSize,
        @Nullable Map<String, String> labels,
        long containers) {
    private static final int WITHOUT_NONE_TAGS = 43;
    private static final int WITHOUT_VIRTUAL_SIZE = 44;
    private static final int COUNTS_CONTAINERS = 51;

    /** {@code containers} how many use it. */
    public static ImageSummary of(ImageDetail image, long containers, ApiVersion version) {
        ImageConfig.Execution execution = image.config().config();
        boolean none = !version.atLeast(WITHOUT_NONE_TAGS);
        return new ImageSummary(
                image.id().toString(),
                "",
                none && image.repoTags().isEmpty() ? List.of("<none>:<none>") : image.repoTags(),
                none && image.repoDigests().isEmpty() ? List.of("<none>@<none>") : image.repoDigests(),
                image.created().getEpochSecond(),
                image.size(),
                -1,
                version.atLeast(WITHOUT_VIRTUAL_SIZE) ? null : image.size(),
                execution == null || execution.labels().isEmpty() ? null : execution.labels(),
                version.atLeast(COUNTS_CONTAINERS) ? containers : -1);
    }

    /** With what {@code docker system df} tells besides. */
    public ImageSummary measured(long shared, long users) {
        return new ImageSummary(id, parentId, repoTags, repoDigests, created, size, shared, virtualSize, labels, users);
    }
}
