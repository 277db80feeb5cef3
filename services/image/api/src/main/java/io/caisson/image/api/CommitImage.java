package io.caisson.image.api;

import io.caisson.bus.stream.StreamTarget;
import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;
import io.caisson.oci.ImageConfig;
import io.caisson.oci.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image made of another one and what a container changed.
 *
 * @param parent id of the image below
 * @param changes where a tar of the changes waits to be read
 * @param config defaults for its containers, before {@code instructions}
 * @param instructions Dockerfile instructions to apply to the config: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, USER, …
 * @param createdBy the command that made the changes
 * @param target the name to give it; null for none
 */
public record CommitImage(
        NodeId node,
        Digest parent,
        StreamTarget changes,
        ImageConfig.Execution config,
        List<String> instructions,
        String createdBy,
        String author,
        String comment,
        @Nullable Reference target) {
    public CommitImage {
        instructions = List.copyOf(instructions);
    }
}
