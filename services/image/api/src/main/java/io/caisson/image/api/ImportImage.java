package io.caisson.image.api;

import io.caisson.kernel.NodeId;
import io.caisson.oci.Platform;
import io.caisson.oci.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param changes Dockerfile instructions to apply to the config: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, USER, … */
public record ImportImage(
        NodeId node,
        String archive,
        @Nullable Reference target,
        String message,
        List<String> changes,
        @Nullable Platform platform) {
    public ImportImage {
        changes = List.copyOf(changes);
    }
}
