package io.caisson.image.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.caisson.kernel.Fault;
import io.caisson.oci.Digest;
import io.caisson.oci.ImageConfig;
import io.caisson.oci.ImageConfig.Execution;
import io.caisson.oci.ImageConfig.Healthcheck;
import io.caisson.oci.ImageConfig.History;
import io.caisson.oci.ImageConfig.RootFs;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Image configs between their JSON (OCI image spec, config.md, with Docker's extensions) and {@link ImageConfig}. Whoever
 * needs the exact bytes keeps them: an image's id is their digest.
 */
public final class ConfigMapping {
    /** Docker's own limit of an overlay chain is lower; this one keeps a hostile config small. */
    private static final int MAX_LAYERS = 1000;

    private ConfigMapping() {}

    /** INVALID when it is no config of an image: not JSON, no {@code rootfs}, or a layer that is no digest. */
    public static ImageConfig read(byte[] content) {
        JsonNode document = JsonDocument.object(content, "image config");
        var fields = new Fields(document);
        return new ImageConfig(
                fields.text("architecture", ""),
                fields.text("os", ""),
                fields.text("variant"),
                fields.text("created"),
                fields.text("author"),
                fields.has("config") ? execution(fields.object("config")) : null,
                rootFs(fields),
                fields.objects("history").stream().map(ConfigMapping::history).toList());
    }

    /** The moment in {@code created}; 1970 when it tells none, as Docker shows it. */
    public static Instant created(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Instant.EPOCH;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }

    private static RootFs rootFs(Fields document) {
        if (!document.object("rootfs").isObject()) {
            throw Fault.invalid("invalid image config: no rootfs");
        }
        List<String> layers = document.object("rootfs").texts("diff_ids");
        if (layers.size() > MAX_LAYERS) {
            throw Fault.invalid("invalid image config: " + layers.size() + " layers");
        }
        List<Digest> diffIds = new ArrayList<>();
        for (String layer : layers) {
            diffIds.add(digest(layer));
        }
        return new RootFs("layers", diffIds);
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Fault(Fault.Kind.INVALID, "invalid image config: diff_ids: " + e.getMessage(), e);
        }
    }

    private static Execution execution(Fields config) {
        return new Execution(
                config.text("User"),
                config.names("ExposedPorts"),
                config.texts("Env"),
                config.textsOrNull("Entrypoint"),
                config.textsOrNull("Cmd"),
                config.names("Volumes"),
                config.text("WorkingDir"),
                config.textMap("Labels"),
                config.text("StopSignal"),
                config.has("Healthcheck") ? healthcheck(config.object("Healthcheck")) : null,
                config.textsOrNull("Shell"),
                config.textsOrNull("OnBuild"),
                config.flag("ArgsEscaped"));
    }

    private static Healthcheck healthcheck(Fields check) {
        Long retries = check.number("Retries");
        return new Healthcheck(
                check.textsOrNull("Test"),
                check.number("Interval"),
                check.number("Timeout"),
                check.number("StartPeriod"),
                check.number("StartInterval"),
                retries == null ? null : Math.clamp(retries, 0, Integer.MAX_VALUE));
    }

    private static History history(Fields entry) {
        return new History(
                entry.text("created"),
                entry.text("created_by"),
                entry.text("author"),
                entry.text("comment"),
                entry.flag("empty_layer"));
    }
}
