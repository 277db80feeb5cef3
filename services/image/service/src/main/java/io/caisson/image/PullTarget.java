package io.caisson.image;

import io.caisson.image.api.PullImage;
import io.caisson.image.document.ConfigMapping;
import io.caisson.image.document.ManifestDocument;
import io.caisson.image.registry.RepositorySession;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.NewImage;
import io.caisson.kernel.NodeId;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.oci.Digest;
import io.caisson.oci.ImageConfig;
import io.caisson.oci.Platform;
import io.caisson.oci.Reference;
import java.util.List;

/**
 * What a pull is after, once the registry has told.
 *
 * @param top what the reference resolved to: an index, or the manifest itself
 * @param image the manifest for the platform
 */
record PullTarget(
        PullImage command, RepositorySession repository, ManifestDocument top, ManifestDocument.OfImage image) {
    static Platform wanted(PullImage command) {
        Platform platform = command.platform();
        return platform == null ? Platform.host() : platform;
    }

    NodeId node() {
        return command.node();
    }

    Reference reference() {
        return repository.reference();
    }

    Digest id() {
        return image.manifest().config().digest();
    }

    /** The names it gets: its tag, unless a digest was asked for, and the digest. */
    List<ImageName> names() {
        Reference reference = reference();
        var byDigest = new ImageName(reference.repository(), top.digest().toString());
        return reference.digest() != null ? List.of(byDigest) : List.of(ImageName.of(reference), byDigest);
    }

    String tagOrDigest() {
        Digest digest = reference().digest();
        return digest == null ? String.valueOf(reference().tag()) : digest.toString();
    }

    WithConfig with(byte[] content) {
        ImageConfig config = ConfigMapping.read(content);
        PullPlanner.refuseForeign(config, wanted(command));
        return new WithConfig(this, content, config);
    }

    /** The target and its config. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record WithConfig(PullTarget target, byte[] content, ImageConfig config) {
        List<Digest> diffIds() {
            return config.rootfs().diffIds();
        }

        NewImage image(List<LayerInfo> layers) {
            return new NewImage(
                    target.node(),
                    target.id(),
                    target.image().digest(),
                    content,
                    layers,
                    ConfigMapping.created(config.created()));
        }
    }
}
