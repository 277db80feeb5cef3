package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caisson.container.api.MountPoint;
import org.jspecify.annotations.Nullable;

/** An entry of {@code Mounts}. */
public record MountView(
        String type,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
        String name,

        String source,
        String destination,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
        String driver,

        String mode,
        @JsonProperty("RW") boolean readWrite,
        String propagation) {
    static MountView of(MountPoint mount) {
        return new MountView(
                mount.type(),
                mount.name(),
                mount.source(),
                mount.destination(),
                mount.driver(),
                mount.mode(),
                mount.readWrite(),
                mount.propagation());
    }
}
