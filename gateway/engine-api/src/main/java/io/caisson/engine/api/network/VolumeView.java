package io.caisson.engine.api.network;

import com.fasterxml.jackson.annotation.JsonInclude;
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
        String scope,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UsageData usageData) {

    /**
     * @param size bytes
     * @param refCount how many containers have it
     */
    public record UsageData(long size, long refCount) {}

    public static VolumeView of(VolumeInfo volume) {
        return new VolumeView(
                GoTime.of(volume.created()),
                volume.driver(),
                volume.labels().isEmpty() ? null : volume.labels(),
                volume.mountpoint(),
                volume.name(),
                volume.options().isEmpty() ? null : volume.options(),
                "local",
                null);
    }

    /** With what {@code docker system df} tells besides. */
    public VolumeView measured(UsageData usage) {
        return new VolumeView(createdAt, driver, labels, mountpoint, name, options, scope, usage);
    }
}
