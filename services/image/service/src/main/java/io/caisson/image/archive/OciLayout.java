package io.caisson.image.archive;

import io.caisson.image.document.ConfigMapping;
import io.caisson.image.document.ManifestDocument;
import io.caisson.image.document.PlatformPlanner;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.StoredManifest;
import io.caisson.kernel.Fault;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.Index;
import io.caisson.oci.Manifest;
import io.caisson.oci.Platform;
import io.caisson.oci.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images of an OCI image layout (image-layout.md): {@code index.json}, indexes below it, and their blobs. */
final class OciLayout {
    private static final int MAX_DEPTH = 4;
    private static final String FULL_NAME = "io.containerd.image.name";
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private final ArchiveFiles files;
    private final Platform wanted;

    OciLayout(ArchiveFiles files, Platform wanted) {
        this.files = files;
        this.wanted = wanted;
    }

    /** The images for the wanted platform, in order; an image that is listed by several names comes once. */
    List<PlannedImage> images() {
        Map<Digest, PlannedImage> images = new LinkedHashMap<>();
        for (Descriptor entry : index().manifests()) {
            image(entry, MAX_DEPTH).ifPresent(found -> {
                PlannedImage image = planned(found, names(entry));
                images.merge(image.id(), image, OciLayout::withNamesOfBoth);
            });
        }
        if (images.isEmpty()) {
            throw Fault.notFound("no matching manifest for " + wanted + " in the archive");
        }
        return List.copyOf(images.values());
    }

    /** All manifests of images, of whatever platform. */
    List<ManifestDocument.OfImage> manifests() {
        List<ManifestDocument.OfImage> found = new ArrayList<>();
        collect(index(), MAX_DEPTH, found);
        return found;
    }

    private Index index() {
        Digest digest = files.entry("index.json").digest();
        return switch (files.read("index.json", null, digest)) {
            case ManifestDocument.OfIndex document -> document.index();
            case ManifestDocument.OfImage _ -> throw Fault.invalid("invalid archive: index.json is no index");
        };
    }

    private void collect(Index index, int depth, List<ManifestDocument.OfImage> into) {
        for (Descriptor entry : index.manifests()) {
            switch (depth == 0 ? null : files.document(entry).orElse(null)) {
                case null -> {
                    // Not in the archive: an index may list platforms that were not saved.
                }
                case ManifestDocument.OfImage image -> into.add(image);
                case ManifestDocument.OfIndex nested -> collect(nested.index(), depth - 1, into);
            }
        }
    }

    private Optional<ManifestDocument.OfImage> image(Descriptor entry, int depth) {
        if (depth == 0) {
            throw Fault.invalid("invalid archive: indexes are nested too deep");
        }
        return switch (files.document(entry).orElse(null)) {
            case null -> Optional.empty();
            case ManifestDocument.OfImage image -> Optional.of(image);
            case ManifestDocument.OfIndex nested ->
                PlatformPlanner.find(present(nested.index()), wanted).flatMap(chosen -> image(chosen, depth - 1));
        };
    }

    private List<Descriptor> present(Index index) {
        return index.manifests().stream()
                .filter(entry -> files.has(ArchiveFiles.blobPath(entry.digest())))
                .toList();
    }

    private PlannedImage planned(ManifestDocument.OfImage document, List<ImageName> names) {
        Manifest manifest = document.manifest();
        byte[] config = files.json(ArchiveFiles.blobPath(manifest.config().digest()));
        List<Digest> diffIds = ConfigMapping.read(config).rootfs().diffIds();
        if (diffIds.size() != manifest.layers().size()) {
            throw Fault.invalid("invalid manifest, layers length mismatch: expected " + diffIds.size() + ", got "
                    + manifest.layers().size());
        }
        List<PlannedImage.Layer> layers = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            String path = ArchiveFiles.blobPath(manifest.layers().get(i).digest());
            layers.add(new PlannedImage.Layer(
                    path, diffIds.get(i), files.entry(path).size()));
        }
        return new PlannedImage(config, layers, names, stored(document));
    }

    static StoredManifest stored(ManifestDocument document) {
        return new StoredManifest(document.digest(), document.mediaType(), document.content());
    }

    private static List<ImageName> names(Descriptor entry) {
        Map<String, String> annotations = entry.annotations() == null ? Map.of() : entry.annotations();
        String full = annotations.getOrDefault(FULL_NAME, annotations.getOrDefault(REF_NAME, ""));
        boolean bareTag = !annotations.containsKey(FULL_NAME) && !full.contains("/") && !full.contains(":");
        return full.isEmpty() || bareTag ? List.of() : List.of(ImageName.of(Reference.parse(full)));
    }

    private static PlannedImage withNamesOfBoth(PlannedImage one, PlannedImage other) {
        List<ImageName> names = new ArrayList<>(one.names());
        other.names().stream().filter(name -> !names.contains(name)).forEach(names::add);
        return new PlannedImage(one.config(), one.layers(), names, one.manifest());
    }
}
