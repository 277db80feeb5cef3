package io.caisson.image.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.oci.Descriptor;
import io.caisson.oci.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes manifests of images that have none, over the blobs that are kept. */
public final class ManifestWriting {
    private static final Map<String, String> OCI_NAMES = Map.of(
            MediaTypes.DOCKER_LAYER, MediaTypes.OCI_LAYER,
            MediaTypes.DOCKER_LAYER_GZIP, MediaTypes.OCI_LAYER_GZIP);
    private static final Map<String, String> DOCKER_NAMES = Map.of(
            MediaTypes.OCI_LAYER, MediaTypes.DOCKER_LAYER,
            MediaTypes.OCI_LAYER_GZIP, MediaTypes.DOCKER_LAYER_GZIP);

    private ManifestWriting() {}

    /** As OCI has it. */
    public static byte[] manifest(Descriptor config, List<Descriptor> layers) {
        return manifest(MediaTypes.OCI_MANIFEST, config, named(layers, OCI_NAMES));
    }

    /** Docker's schema 2. */
    public static byte[] dockerManifest(Descriptor config, List<Descriptor> layers) {
        return manifest(MediaTypes.DOCKER_MANIFEST, config, named(layers, DOCKER_NAMES));
    }

    /** The same layers by the names that the format has for them. */
    private static List<Descriptor> named(List<Descriptor> layers, Map<String, String> names) {
        return layers.stream()
                .map(layer -> Descriptor.of(
                        names.getOrDefault(layer.mediaType(), layer.mediaType()), layer.digest(), layer.size()))
                .toList();
    }

    private static byte[] manifest(String mediaType, Descriptor config, List<Descriptor> layers) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schemaVersion", 2);
        root.put("mediaType", mediaType);
        root.set("config", descriptor(config));
        var array = root.putArray("layers");
        layers.forEach(layer -> array.add(descriptor(layer)));
        return JsonDocument.text(root).getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] index(List<Descriptor> manifests) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schemaVersion", 2);
        root.put("mediaType", MediaTypes.OCI_INDEX);
        var array = root.putArray("manifests");
        manifests.forEach(manifest -> array.add(descriptor(manifest)));
        return JsonDocument.text(root).getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode descriptor(Descriptor descriptor) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("mediaType", descriptor.mediaType());
        node.put("digest", descriptor.digest().toString());
        node.put("size", descriptor.size());
        if (descriptor.annotations() != null) {
            ObjectNode annotations = node.putObject("annotations");
            new TreeMap<>(descriptor.annotations()).forEach(annotations::put);
        }
        if (descriptor.platform() != null) {
            ObjectNode platform = node.putObject("platform");
            platform.put("architecture", descriptor.platform().architecture());
            platform.put("os", descriptor.platform().os());
            if (descriptor.platform().variant() != null) {
                platform.put("variant", descriptor.platform().variant());
            }
        }
        return node;
    }
}
