package io.caisson.image.api;

import io.caisson.oci.Platform;
import org.jspecify.annotations.Nullable;

/** @param nameOrId {@code busybox}, {@code busybox:tag}, {@code name@sha256:…}, {@code sha256:…} or a hex prefix */
public record FindImage(String nameOrId, @Nullable Platform platform) {
    public static FindImage of(String nameOrId) {
        return new FindImage(nameOrId, null);
    }
}
