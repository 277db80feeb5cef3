package io.caisson.image;

import io.caisson.image.registry.RepositorySession;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.StoredImage;
import io.caisson.image.store.StoredManifest;
import io.caisson.kernel.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * An image on its way to a tag.
 *
 * @param manifest the one that the image came with
 */
record PushTarget(
        RepositorySession repository,
        StoredImage image,
        ImageName name,
        @Nullable StoredManifest manifest) {
    NodeId node() {
        return image.node();
    }

    String tag() {
        return name.reference();
    }
}
