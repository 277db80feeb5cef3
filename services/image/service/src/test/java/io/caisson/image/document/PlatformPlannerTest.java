package io.caisson.image.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.Index;
import io.caisson.oci.MediaTypes;
import io.caisson.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformPlannerTest {
    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/arm64 linux/amd64, linux/amd64",
        "linux/amd64, linux/amd64/v3 linux/amd64, linux/amd64",
        "linux/amd64/v3, linux/amd64 linux/amd64/v2, linux/amd64/v2",
        "linux/arm, linux/arm/v5 linux/arm/v7 linux/arm/v6, linux/arm/v7",
        "linux/arm/v6, linux/arm/v5 linux/arm/v7 linux/arm/v6, linux/arm/v6",
        "linux/arm/v6, linux/arm/v5 linux/arm/v7, linux/arm/v5",
        "linux/arm64, linux/arm64/v8 linux/arm/v7, linux/arm64/v8",
        "linux/s390x, windows/amd64 linux/s390x, linux/s390x",
    })
    void shouldChooseTheBestThatRunsWhenThereAreSeveral(String wanted, String offered, String chosen) {
        // When / Then
        assertThat(PlatformPlanner.choose(index(offered.split(" ")), Platform.parse(wanted))
                        .platform())
                .hasToString(chosen);
    }

    @Test
    void shouldFindNothingWhenOnlyAnAttestationFits() {
        // Given
        Descriptor attestation = new Descriptor(
                MediaTypes.OCI_MANIFEST,
                digest("a"),
                1,
                null,
                Map.of("vnd.docker.reference.type", "attestation-manifest"),
                Platform.parse("linux/amd64"));
        var index = new Index(2, null, java.util.List.of(attestation), null);

        // When / Then
        assertThatThrownBy(() -> PlatformPlanner.choose(index, Platform.parse("linux/amd64")))
                .hasMessage("no matching manifest for linux/amd64 in the manifest list entries");
    }

    private static Index index(String... platforms) {
        return new Index(
                2,
                MediaTypes.OCI_INDEX,
                Arrays.stream(platforms)
                        .map(platform -> new Descriptor(
                                MediaTypes.OCI_MANIFEST, digest(platform), 1, null, null, Platform.parse(platform)))
                        .toList(),
                null);
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
