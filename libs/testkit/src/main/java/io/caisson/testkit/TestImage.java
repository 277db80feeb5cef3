package io.caisson.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A small image made by code: each layer holds the given text files. The same arguments give the same digests.
 *
 * @param layers uncompressed tars, base first
 * @param blobs the same, gzipped
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TestImage(List<byte[]> layers, List<byte[]> blobs, byte[] config, byte[] manifest) {
    public static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
    public static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
    private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

    /** For {@code linux/architecture}, with one layer per map of paths and texts. */
    @SafeVarargs
    public static TestImage of(String architecture, Map<String, String>... files) {
        List<byte[]> layers = new ArrayList<>();
        List<byte[]> blobs = new ArrayList<>();
        for (Map<String, String> layer : files) {
            byte[] tar = tar(layer);
            layers.add(tar);
            blobs.add(gzip(tar));
        }
        byte[] config = config(architecture, layers);
        return new TestImage(layers, blobs, config, manifest(config, blobs));
    }

    /** The id of the image: the digest of its config. */
    public String id() {
        return RegistryFixture.digest(config);
    }

    public String manifestDigest() {
        return RegistryFixture.digest(manifest);
    }

    public List<String> diffIds() {
        return layers.stream().map(RegistryFixture::digest).toList();
    }

    /** Pushes all parts below a tag or, without one, below its digest; answers the manifest's digest. */
    public String pushTo(RegistryFixture registry, String repository, String tag) {
        blobs.forEach(blob -> registry.pushBlob(repository, blob));
        registry.pushBlob(repository, config);
        return registry.pushManifest(repository, tag.isEmpty() ? manifestDigest() : tag, MANIFEST_TYPE, manifest);
    }

    /** An index with these images, by architecture. */
    public static byte[] index(Map<String, TestImage> images) {
        List<String> entries = new ArrayList<>();
        images.forEach((architecture, image) -> entries.add(
                """
                {"mediaType":"%s","digest":"%s","size":%d,"platform":{"architecture":"%s","os":"linux"}}""".formatted(MANIFEST_TYPE, image.manifestDigest(), image.manifest().length, architecture)));
        return bytes("{\"schemaVersion\":2,\"mediaType\":\"" + INDEX_TYPE + "\",\"manifests\":["
                + String.join(",", entries) + "]}");
    }

    /** A tar of regular text files with fixed times. */
    public static byte[] tar(Map<String, String> files) {
        Map<String, byte[]> contents = new HashMap<>();
        files.forEach((path, text) -> contents.put(path, bytes(text)));
        return tarOfBytes(contents);
    }

    /** A tar of regular files with fixed times. */
    public static byte[] tarOfBytes(Map<String, byte[]> files) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (var file : new TreeMap<>(files).entrySet()) {
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setModTime(0);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] config(String architecture, List<byte[]> layers) {
        List<String> diffIds = layers.stream()
                .map(layer -> "\"" + RegistryFixture.digest(layer) + "\"")
                .toList();
        List<String> history = layers.stream()
                .map(_ -> "{\"created\":\"2024-05-01T10:00:00Z\",\"created_by\":\"COPY files / # test\"}")
                .toList();
        return bytes("""
                {"architecture":"%s","os":"linux","created":"2024-05-01T10:00:00Z",\
                "config":{"Env":["PATH=/usr/bin:/bin"],"Cmd":["sh"],"WorkingDir":"/","Labels":{"made.by":"test"}},\
                "rootfs":{"type":"layers","diff_ids":[%s]},\
                "history":[%s,{"created":"2024-05-01T10:00:01Z","created_by":"CMD [\\"sh\\"]","empty_layer":true}]}""".formatted(architecture, String.join(",", diffIds), String.join(",", history)));
    }

    private static byte[] manifest(byte[] config, List<byte[]> blobs) {
        List<String> layers =
                blobs.stream().map(blob -> descriptor(LAYER_TYPE, blob)).toList();
        return bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST_TYPE + "\",\"config\":"
                + descriptor(CONFIG_TYPE, config) + ",\"layers\":[" + String.join(",", layers) + "]}");
    }

    private static String descriptor(String type, byte[] content) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
                .formatted(type, RegistryFixture.digest(content), content.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
