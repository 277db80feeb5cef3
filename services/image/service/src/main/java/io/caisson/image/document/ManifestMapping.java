package io.caisson.image.document;

import io.caisson.kernel.Fault;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.Index;
import io.caisson.oci.Manifest;
import io.caisson.oci.MediaTypes;
import io.caisson.oci.Platform;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Manifests and indexes from their bytes.
 *
 * <p>A document that could be read as both is refused: two readers might otherwise take the same digest for different
 * content (CVE-2021-41190).
 */
public final class ManifestMapping {
    private static final int MAX_LAYERS = 1000;

    private ManifestMapping() {}

    /**
     * @param declared the media type its sender gave it; null or a type that says nothing: as the document says itself
     * @param name for messages: the image that was asked for
     */
    public static ManifestDocument read(byte[] content, @Nullable String declared, Digest digest, String name) {
        var fields = new Fields(JsonDocument.object(content, "manifest"));
        refuseSchema1(fields, declared, name);
        String mediaType = mediaType(fields, declared);
        if (MediaTypes.isIndex(mediaType)) {
            refuse(fields, "index", "image", "config", "layers", "fsLayers");
            return new ManifestDocument.OfIndex(mediaType, digest, content, index(fields, mediaType));
        }
        if (MediaTypes.isManifest(mediaType)) {
            refuse(fields, "image", "index", "manifests", "fsLayers");
            return new ManifestDocument.OfImage(mediaType, digest, content, manifest(fields, mediaType));
        }
        throw Fault.invalid("unsupported manifest media type: " + mediaType);
    }

    private static void refuseSchema1(Fields fields, @Nullable String declared, String name) {
        Long version = fields.number("schemaVersion");
        if ((version != null && version == 1)
                || (declared != null && declared.startsWith("application/vnd.docker.distribution.manifest.v1"))) {
            throw Fault.invalid(
                    "Docker Image Format v1 and Docker Image manifest version 2, schema 1 support has been removed."
                            + " Suggest the author of " + name
                            + " to upgrade the image to the OCI Format or Docker Image manifest v2, schema 2."
                            + " More information at https://docs.docker.com/go/deprecated-image-specs/");
        }
    }

    private static String mediaType(Fields fields, @Nullable String declared) {
        String sent = declared == null ? "" : declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        String own = fields.text("mediaType", "");
        boolean known = MediaTypes.isIndex(sent) || MediaTypes.isManifest(sent);
        if (known && !own.isEmpty() && !own.equals(sent)) {
            throw Fault.invalid("media-type: expected " + sent + " but found " + own);
        }
        if (known) {
            return sent;
        }
        if (!own.isEmpty()) {
            return own;
        }
        return fields.has("manifests") ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST;
    }

    private static void refuse(Fields fields, String expected, String found, String... foreign) {
        for (String name : foreign) {
            if (fields.has(name)) {
                throw Fault.invalid("media-type: expected " + expected + " but found " + found + " (" + name + ")");
            }
        }
    }

    private static Index index(Fields fields, String mediaType) {
        List<Descriptor> manifests = fields.objects("manifests").stream()
                .map(ManifestMapping::descriptor)
                .toList();
        return new Index(2, mediaType, manifests, annotations(fields));
    }

    private static Manifest manifest(Fields fields, String mediaType) {
        if (!fields.object("config").isObject()) {
            throw Fault.invalid("invalid manifest: no config");
        }
        List<Descriptor> layers = fields.objects("layers").stream()
                .map(ManifestMapping::descriptor)
                .toList();
        if (layers.size() > MAX_LAYERS) {
            throw Fault.invalid("invalid manifest: " + layers.size() + " layers");
        }
        return new Manifest(2, mediaType, descriptor(fields.object("config")), layers, annotations(fields));
    }

    private static Descriptor descriptor(Fields fields) {
        Long size = fields.number("size");
        try {
            return new Descriptor(
                    fields.text("mediaType", ""),
                    Digest.parse(fields.text("digest", "")),
                    size == null ? 0 : size,
                    fields.textsOrNull("urls"),
                    annotations(fields),
                    fields.has("platform") ? platform(fields.object("platform")) : null);
        } catch (IllegalArgumentException e) {
            throw new Fault(Fault.Kind.INVALID, "invalid manifest: " + e.getMessage(), e);
        }
    }

    private static @Nullable Map<String, String> annotations(Fields fields) {
        return fields.has("annotations") ? fields.textMap("annotations") : null;
    }

    private static Platform platform(Fields fields) {
        String variant = fields.text("variant", "");
        return new Platform(fields.text("architecture", ""), fields.text("os", ""), variant.isEmpty() ? null : variant);
    }
}
