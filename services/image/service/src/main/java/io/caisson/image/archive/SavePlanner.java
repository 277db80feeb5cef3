package io.caisson.image.archive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.image.document.JsonDocument;
import io.caisson.image.document.ManifestWriting;
import io.caisson.image.store.ImageName;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.layerstore.api.WriteArchive;
import io.caisson.oci.Descriptor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of an archive that is both an OCI image layout and what {@code docker load} has always read: one set of blobs,
 * two tables of contents. Pure.
 */
public final class SavePlanner {
    private static final String LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";

    private final Map<String, WriteArchive.Entry> files = new LinkedHashMap<>();
    private final List<Descriptor> index = new ArrayList<>();
    private final ArrayNode manifests = JsonNodeFactory.instance.arrayNode();
    private final ObjectNode repositories = JsonNodeFactory.instance.objectNode();

    private SavePlanner() {}

    public static List<WriteArchive.Entry> plan(List<SavedImage> images) {
        var planner = new SavePlanner();
        images.forEach(planner::add);
        return planner.entries();
    }

    private List<WriteArchive.Entry> entries() {
        inline("index.json", ManifestWriting.index(index));
        inline("manifest.json", bytes(JsonDocument.text(manifests)));
        inline("oci-layout", bytes(LAYOUT));
        if (!repositories.isEmpty()) {
            inline("repositories", bytes(JsonDocument.text(repositories)));
        }
        return List.copyOf(files.values());
    }

    private void add(SavedImage image) {
        inline(ArchiveFiles.blobPath(image.id()), image.config());
        for (LayerInfo layer : image.layers()) {
            String path = ArchiveFiles.blobPath(layer.blob().digest());
            files.putIfAbsent(path, new WriteArchive.Entry.Blob(path, layer.diffId()));
        }
        Descriptor manifest = image.manifestDescriptor();
        inline(ArchiveFiles.blobPath(manifest.digest()), image.manifestContent());
        index(image, manifest);
        table(image);
    }

    private void index(SavedImage image, Descriptor manifest) {
        if (image.names().isEmpty()) {
            index.add(manifest);
        }
        for (ImageName name : image.names()) {
            Map<String, String> annotations = Map.of(
                    "io.containerd.image.name",
                    name.repository() + ":" + name.reference(),
                    "org.opencontainers.image.ref.name",
                    name.reference());
            index.add(new Descriptor(
                    manifest.mediaType(), manifest.digest(), manifest.size(), null, annotations, manifest.platform()));
        }
    }

    private void table(SavedImage image) {
        ObjectNode entry = manifests.addObject();
        entry.put("Config", ArchiveFiles.blobPath(image.id()));
        if (image.names().isEmpty()) {
            entry.putNull("RepoTags");
        } else {
            ArrayNode tags = entry.putArray("RepoTags");
            image.names().forEach(name -> tags.add(name.familiar()));
        }
        ArrayNode layers = entry.putArray("Layers");
        image.layers()
                .forEach(layer -> layers.add(ArchiveFiles.blobPath(layer.blob().digest())));
        image.names().forEach(name -> repositories
                .withObject("/" + escaped(name.familiarRepository()))
                .put(name.reference(), image.id().hex()));
    }

    /** As a JSON pointer has it (RFC 6901). */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private void inline(String path, byte[] content) {
        files.putIfAbsent(path, new WriteArchive.Entry.Inline(path, new String(content, StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
