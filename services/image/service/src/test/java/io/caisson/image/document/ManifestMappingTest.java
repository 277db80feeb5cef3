package io.caisson.image.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.oci.Digest;
import io.caisson.oci.MediaTypes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManifestMappingTest {
    private static final String BLOB = "{\"digest\":\"sha256:" + "cd".repeat(32) + "\",\"size\":7}";
    private static final String IMAGE = "{\"schemaVersion\":2,\"config\":" + BLOB + ",\"layers\":[" + BLOB + "]}";
    private static final String INDEX = "{\"schemaVersion\":2,\"manifests\":[" + BLOB + "]}";

    @Test
    void shouldTellByItsShapeWhenNobodySaysWhatItIs() {
        // When / Then
        assertThat(read(IMAGE, null)).isInstanceOf(ManifestDocument.OfImage.class);
        assertThat(read(INDEX, "text/plain; charset=utf-8")).isInstanceOf(ManifestDocument.OfIndex.class);
        assertThat(read(IMAGE, MediaTypes.DOCKER_MANIFEST + "; charset=utf-8").mediaType())
                .isEqualTo(MediaTypes.DOCKER_MANIFEST);
    }

    @Test
    void shouldRefuseWhenItCouldBeReadAsBoth() {
        // Given
        String both = "{\"schemaVersion\":2,\"manifests\":[" + BLOB + "],\"config\":" + BLOB + ",\"layers\":[]}";

        // When / Then
        assertThatThrownBy(() -> read(both, MediaTypes.OCI_MANIFEST))
                .hasMessageStartingWith("media-type: expected image but found index");
        assertThatThrownBy(() -> read(both, MediaTypes.OCI_INDEX))
                .hasMessageStartingWith("media-type: expected index but found image");
        assertThatThrownBy(() -> read(
                        "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[]}",
                        MediaTypes.OCI_MANIFEST))
                .hasMessageStartingWith("media-type: expected " + MediaTypes.OCI_MANIFEST);
    }

    @Test
    void shouldExplainWhenItIsSchema1() {
        // When / Then
        assertThatThrownBy(() -> read("{\"schemaVersion\":1,\"fsLayers\":[]}", null))
                .hasMessageContaining("schema 1 support has been removed")
                .hasMessageContaining("Suggest the author of docker.io/library/old:latest");
    }

    @Test
    void shouldRefuseWhenADescriptorIsWrong() {
        // When / Then
        assertThatThrownBy(() -> read(IMAGE.replace("\"size\":7", "\"size\":-7"), null))
                .hasMessageStartingWith("invalid manifest: negative size");
        assertThatThrownBy(() -> read(IMAGE.replace("sha256:", "md5:"), null))
                .hasMessage("invalid manifest: unsupported digest algorithm: md5");
    }

    private static ManifestDocument read(String text, @Nullable String declared) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return ManifestMapping.read(content, declared, Digest.sha256(content), "docker.io/library/old:latest");
    }
}
