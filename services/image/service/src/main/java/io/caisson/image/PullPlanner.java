package io.caisson.image;

import io.caisson.kernel.Fault;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.ImageConfig;
import io.caisson.oci.Manifest;
import io.caisson.oci.Platform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which layers of an image are to be fetched. Pure. */
final class PullPlanner {
    private PullPlanner() {}

    /** @param present the node has it already */
    record Layer(Descriptor blob, Digest diffId, boolean present) {}

    /** The layers of an image, base first, each but once. INVALID when manifest and config disagree. */
    static List<Layer> plan(Manifest manifest, ImageConfig config, Set<Digest> missing) {
        List<Digest> diffIds = config.rootfs().diffIds();
        if (manifest.layers().size() != diffIds.size()) {
            throw Fault.invalid(
                    "invalid manifest: " + manifest.layers().size() + " layers, but the config has " + diffIds.size());
        }
        List<Layer> layers = new ArrayList<>();
        Set<Digest> seen = new HashSet<>();
        for (int i = 0; i < diffIds.size(); i++) {
            Digest diffId = diffIds.get(i);
            if (seen.add(diffId)) {
                layers.add(new Layer(manifest.layers().get(i), diffId, !missing.contains(diffId)));
            }
        }
        return layers;
    }

    /** Content that is no image for this engine: another kind of artifact, or made for another system. */
    static void refuseForeign(Descriptor config) {
        String type = config.mediaType();
        boolean image = type.isEmpty()
                || type.equals("application/octet-stream")
                || type.equals("text/html")
                || type.startsWith("application/vnd.docker.container.image.")
                || type.startsWith("application/vnd.oci.image.config.");
        if (!image) {
            String kind = type.startsWith("application/vnd.docker.plugin.") ? "plugin" : "unknown";
            throw Fault.invalid("Encountered remote \"" + type + "\"(" + kind + ") when fetching");
        }
    }

    static void refuseForeign(ImageConfig config, Platform wanted) {
        if (!config.os().isEmpty() && !config.os().equals(wanted.os())) {
            throw Fault.invalid("cannot download image with operating system \"" + config.os() + "\" when requesting \""
                    + wanted.os() + "\"");
        }
    }
}
