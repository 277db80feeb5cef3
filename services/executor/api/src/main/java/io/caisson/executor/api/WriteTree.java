package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A tar to be unpacked into a container's folder.
 *
 * @param path of the folder in the container; links are followed
 * @param keepKinds a folder must not be replaced by something else, nor something else by a folder
 * @param owner Docker's {@code user[:group]} to whom everything shall belong; null for the owners in the tar
 */
public record WriteTree(
        NodeId node,
        ContainerFiles files,
        String path,
        boolean keepKinds,
        @Nullable String owner) implements NodeBound {}
