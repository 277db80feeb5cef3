package io.caisson.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.image.api.RemoveImage;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.StoredImage;
import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemovalPlannerTest {
    private static final Digest ID = Digest.parse("sha256:" + "ab".repeat(32));
    private static final String CONTAINER = "0123456789abcdef0123";
    private static final ImageName TAG = new ImageName("docker.io/library/busybox", "latest");
    private static final ImageName OTHER = new ImageName("reg.example/box", "v1");
    private static final ImageName BY_DIGEST = new ImageName("docker.io/library/busybox", "sha256:" + "cd".repeat(32));

    @Test
    void shouldTakeTheDigestAndTheImageWhenTheLastTagGoes() {
        // When
        var plan = RemovalPlanner.plan(image(TAG, BY_DIGEST), TAG, command(false, false, false));

        // Then
        assertThat(plan).isEqualTo(new RemovalPlanner.Plan(List.of(TAG, BY_DIGEST), true));
    }

    @Test
    void shouldTakeOnlyTheNameWhenOthersAreLeft() {
        // When
        var plan = RemovalPlanner.plan(image(TAG, BY_DIGEST, OTHER), TAG, command(false, true, false));

        // Then
        assertThat(plan).isEqualTo(new RemovalPlanner.Plan(List.of(TAG, BY_DIGEST), false));
    }

    @Test
    void shouldRefuseTheLastNameWhenAContainerUsesIt() {
        // When / Then
        assertThatThrownBy(() -> RemovalPlanner.plan(image(TAG, BY_DIGEST), TAG, command(false, false, true)))
                .hasMessage("conflict: unable to remove repository reference \"busybox:latest\" (must force)"
                        + " - container 0123456789ab is using its referenced image abababababab");
    }

    @Test
    void shouldLeaveTheImageDanglingWhenForcedWhileItRuns() {
        // When
        var plan = RemovalPlanner.plan(image(TAG), TAG, command(true, true, false));

        // Then
        assertThat(plan).isEqualTo(new RemovalPlanner.Plan(List.of(TAG), false));
    }

    @Test
    void shouldRefuseTheIdWhenThereAreSeveralRepositories() {
        // When / Then
        assertThatThrownBy(() -> RemovalPlanner.plan(image(TAG, OTHER), null, command(false, false, false)))
                .hasMessage("conflict: unable to delete abababababab (must be forced)"
                        + " - image is referenced in multiple repositories");
        assertThat(RemovalPlanner.plan(image(TAG, OTHER), null, command(true, false, true)))
                .isEqualTo(new RemovalPlanner.Plan(List.of(TAG, OTHER), true));
    }

    @Test
    void shouldRefuseTheIdWhenContainersUseIt() {
        // When / Then
        assertThatThrownBy(() -> RemovalPlanner.plan(image(TAG), null, command(true, true, false)))
                .hasMessage("conflict: unable to delete abababababab (cannot be forced)"
                        + " - image is being used by running container 0123456789ab");
        assertThatThrownBy(() -> RemovalPlanner.plan(image(TAG), null, command(false, false, true)))
                .hasMessage("conflict: unable to delete abababababab (must be forced)"
                        + " - image is being used by stopped container 0123456789ab");
    }

    @Test
    void shouldComputeChainIdsAsTheSpecificationSays() {
        // Given
        Digest base = Digest.parse("sha256:" + "11".repeat(32));
        Digest top = Digest.parse("sha256:" + "22".repeat(32));

        // When / Then
        assertThat(RemovalPlanner.chainIds(List.of(base, top)))
                .containsExactly(
                        base, Digest.sha256((base + " " + top).getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    private static RemoveImage command(boolean force, boolean running, boolean stopped) {
        var uses = List.of(new RemoveImage.Use(ID.toString(), CONTAINER));
        return new RemoveImage("x", force, false, running ? uses : List.of(), stopped ? uses : List.of());
    }

    private static StoredImage image(ImageName... names) {
        return new StoredImage(
                1, new NodeId("local"), ID, null, new byte[0], List.of(), Arrays.asList(names), 0, Instant.EPOCH, null);
    }
}
