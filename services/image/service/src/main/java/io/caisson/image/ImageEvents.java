package io.caisson.image;

import io.caisson.image.document.ConfigMapping;
import io.caisson.kernel.NodeId;
import io.caisson.metadata.Event;
import io.caisson.oci.ImageConfig;
import java.util.HashMap;
import java.util.Map;

/** Events of images, as Docker words them: labels of the image as attributes, and its name. */
final class ImageEvents {
    private ImageEvents() {}

    static Event event(NodeId node, String action, String actor, String name, byte[] config) {
        Map<String, String> attributes = new HashMap<>();
        ImageConfig.Execution execution = ConfigMapping.read(config).config();
        if (execution != null) {
            attributes.putAll(execution.labels());
        }
        attributes.put("name", name);
        return Event.now(node.value(), "image", action, actor, attributes);
    }
}
