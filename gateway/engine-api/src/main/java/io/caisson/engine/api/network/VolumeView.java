package io.caisson.engine.api.network;

import io.caisson.engine.api.GoTime;
import io.caisson.layerstore.api.VolumeInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A volume. */
public record VolumeView(
        String createdAt,
        String driver,
        @Nullable Map<String, String> labels,
        String mountpoint,
        String name,
        @Nullable Map<String, String> options,
        String scope) {
    public static VolumeView of(VolumeInfo volume) {
        return new VolumeView(
                GoTime.of(volume.created()),
                volume.driver(),
                volume.labels().isEmpty() ? null : volume.labels(),
                volume.mountpoint(),
                volume.name(),
                volume.options().isEmpty() ? null : volume.options(),
                "local");
    }
}
