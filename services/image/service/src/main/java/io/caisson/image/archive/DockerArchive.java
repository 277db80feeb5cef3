package io.caisson.image.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.caisson.image.document.ConfigMapping;
import io.caisson.image.document.JsonDocument;
import io.caisson.image.document.ManifestDocument;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.StoredManifest;
import io.caisson.kernel.Fault;
import io.caisson.oci.Digest;
import io.caisson.oci.Platform;
import io.caisson.oci.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Images of an archive with a {@code manifest.json}, as {@code docker save} writes it. */
final class DockerArchive {
    private final ArchiveFiles files;
    private final Map<Digest, ManifestDocument.OfImage> manifests;

    DockerArchive(ArchiveFiles files, Platform wanted) {
        this.files = files;
        this.manifests = !files.has("index.json")
                ? Map.of()
                : new OciLayout(files, wanted)
                        .manifests().stream()
                                .collect(Collectors.toMap(
                                        document -> document.manifest().config().digest(),
                                        Function.identity(),
                                        (first, _) -> first));
    }

    List<PlannedImage> images() {
        JsonNode list = JsonDocument.read(files.json("manifest.json"), "manifest.json");
        if (!list.isArray()) {
            throw Fault.invalid("invalid archive: manifest.json is no list");
        }
        List<PlannedImage> images = new ArrayList<>();
        for (JsonNode item : list) {
            images.add(image(item));
        }
        return images;
    }

    private PlannedImage image(JsonNode item) {
        byte[] config = files.json(clean(item.path("Config").asText("")));
        List<Digest> diffIds = ConfigMapping.read(config).rootfs().diffIds();
        List<String> paths = texts(item.path("Layers"));
        if (diffIds.size() != paths.size()) {
            throw Fault.invalid(
                    "invalid manifest, layers length mismatch: expected " + diffIds.size() + ", got " + paths.size());
        }
        List<PlannedImage.Layer> layers = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            String path = clean(paths.get(i));
            layers.add(new PlannedImage.Layer(
                    path, diffIds.get(i), files.entry(path).size()));
        }
        List<ImageName> names = texts(item.path("RepoTags")).stream()
                .map(tag -> ImageName.of(Reference.parse(tag)))
                .toList();
        return new PlannedImage(config, layers, names, manifest(config, layers));
    }

    /** The OCI manifest that the archive has of the image, when it lists the same files. */
    private @Nullable StoredManifest manifest(byte[] config, List<PlannedImage.Layer> layers) {
        ManifestDocument.OfImage document = manifests.get(Digest.sha256(config));
        if (document == null) {
            return null;
        }
        List<Digest> blobs = document.manifest().layers().stream()
                .map(layer -> layer.digest())
                .toList();
        List<Digest> own =
                layers.stream().map(layer -> files.entry(layer.path()).digest()).toList();
        return blobs.equals(own) ? OciLayout.stored(document) : null;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText("")));
        return texts;
    }

    private static String clean(String path) {
        return Path.of("/" + path).normalize().toString().substring(1);
    }
}
