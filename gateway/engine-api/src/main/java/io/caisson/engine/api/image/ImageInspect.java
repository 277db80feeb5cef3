package io.caisson.engine.api.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.GoTime;
import io.caisson.image.api.ImageDetail;
import io.caisson.oci.Digest;
import io.caisson.oci.ImageConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about an image. */
public record ImageInspect(
        String id,
        List<String> repoTags,
        List<String> repoDigests,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String parent,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String comment,
        String created,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String container,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String dockerVersion,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String author,
        ObjectNode config,
        String architecture,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
        String variant,

        String os,
        long size,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long virtualSize,
        GraphDriver graphDriver,
        @JsonProperty("RootFS") RootFs rootFs,
        Metadata metadata) {
    private static final int WITHOUT_VIRTUAL_SIZE = 44;
    private static final int WITHOUT_CONTAINER = 45;
    private static final int WITHOUT_EMPTY_FIELDS = 52;

    public record RootFs(String type, List<String> layers) {}

    public record Metadata(String lastTagTime) {}

    public static ImageInspect of(ImageDetail image, ApiVersion version) {
        ImageConfig config = image.config();
        boolean empty = !version.atLeast(WITHOUT_EMPTY_FIELDS);
        List<String> layers =
                config.rootfs().diffIds().stream().map(Digest::toString).toList();
        return new ImageInspect(
                image.id().toString(),
                image.repoTags(),
                image.repoDigests(),
                empty ? "" : null,
                text(comment(config), empty),
                config.created() == null ? GoTime.of(image.created()) : config.created(),
                version.atLeast(WITHOUT_CONTAINER) ? null : "",
                empty ? "" : null,
                text(config.author(), empty),
                ImageConfigView.of(config.config(), version),
                config.architecture(),
                config.variant(),
                config.os(),
                image.size(),
                version.atLeast(WITHOUT_VIRTUAL_SIZE) ? null : image.size(),
                GraphDriver.OVERLAY,
                new RootFs("layers", layers),
                new Metadata(GoTime.of(image.lastTagged())));
    }

    private static @Nullable String comment(ImageConfig config) {
        return config.history().isEmpty() ? null : config.history().getLast().comment();
    }

    private static @Nullable String text(@Nullable String text, boolean empty) {
        if (text == null || text.isEmpty()) {
            return empty ? "" : null;
        }
        return text;
    }
}
