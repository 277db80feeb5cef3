package io.caisson.container.api;

import io.caisson.oci.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param pause freeze the container meanwhile, if it runs
 * @param changes Dockerfile instructions to apply to the image's config
 * @param config what the image's config shall be; what it leaves open, and all where it is null, is the container's
 */
public record CommitContainer(
        String nameOrId,
        @Nullable Reference target,
        String author,
        String comment,
        boolean pause,
        List<String> changes,
        @Nullable ContainerConfig config) {
    public CommitContainer {
        changes = List.copyOf(changes);
    }
}
