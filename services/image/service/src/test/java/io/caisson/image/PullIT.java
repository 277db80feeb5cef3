package io.caisson.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caisson.bus.Ports;
import io.caisson.image.api.FindImage;
import io.caisson.image.api.Images;
import io.caisson.image.api.ListImages;
import io.caisson.image.api.PullImage;
import io.caisson.image.api.PullProgress;
import io.caisson.kernel.Fault;
import io.caisson.metadata.EventFeed;
import io.caisson.metadata.EventQuery;
import io.caisson.oci.Digest;
import io.caisson.oci.Platform;
import io.caisson.oci.Reference;
import io.caisson.testkit.PostgresResource;
import io.caisson.testkit.RegistryFixture;
import io.caisson.testkit.TestImage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PullIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static RegistryFixture registry;

    @Inject
    Ports ports;

    @Inject
    RecordingLayerStore layerStore;

    @Inject
    EventFeed events;

    private Images images;

    @BeforeAll
    static void startRegistry() {
        assumeTrue(RegistryFixture.isAvailable(), "docker-registry is not installed");
        registry = RegistryFixture.start();
    }

    @AfterAll
    static void stopRegistry() {
        if (registry != null) {
            registry.close();
        }
    }

    @BeforeEach
    void connect() {
        images = ports.client(Images.class);
        layerStore.stuck = false;
        layerStore.fetches.clear();
    }

    @Test
    void shouldMakeTheImageKnownWhenItIsPulled() {
        // Given
        TestImage image = TestImage.of("amd64", Map.of("a", "base"), Map.of("b", "top layer"));
        image.pushTo(registry, "team/first", "v1");
        Reference reference = reference("team/first:v1");
        long before = System.currentTimeMillis() * 1_000_000;

        // When
        List<PullProgress> progress = pull(reference, null);

        // Then
        assertThat(progress.getFirst()).isEqualTo(new PullProgress.Started("team/first", "v1"));
        assertThat(progress.stream().filter(PullProgress.LayerQueued.class::isInstance))
                .hasSize(2);
        assertThat(progress.getLast())
                .isEqualTo(new PullProgress.Pulled(
                        Digest.parse(image.id()),
                        Digest.parse(image.manifestDigest()),
                        true,
                        registry.domain() + "/team/first:v1"));
        var detail = images.inspect(FindImage.of(reference.familiar())).await().atMost(PATIENCE);
        assertThat(detail.id()).hasToString(image.id());
        assertThat(detail.repoTags()).containsExactly(registry.domain() + "/team/first:v1");
        assertThat(detail.repoDigests()).containsExactly(registry.domain() + "/team/first@" + image.manifestDigest());
        assertThat(detail.size()).isEqualTo("base".length() + "top layer".length());
        assertThat(detail.config().config().cmd()).containsExactly("sh");
        assertThat(images.inspect(FindImage.of(image.id().substring(7, 19)))
                        .await()
                        .atMost(PATIENCE))
                .isEqualTo(detail);
        var event = events.follow(EventQuery.between(before, Long.MAX_VALUE))
                .filter(e -> e.action().equals("pull") && e.actorId().equals(reference.familiar()))
                .collect()
                .first()
                .await()
                .atMost(PATIENCE);
        assertThat(event.attributes())
                .containsEntry("name", registry.domain() + "/team/first")
                .containsEntry("made.by", "test");
    }

    @Test
    void shouldFetchNothingWhenItIsUpToDate() {
        // Given
        TestImage.of("amd64", Map.of("a", "again")).pushTo(registry, "again", "latest");
        pull(reference("again"), null);
        layerStore.fetches.clear();

        // When
        List<PullProgress> progress = pull(reference("again"), null);

        // Then
        assertThat(progress).hasSize(2);
        assertThat(progress.getLast())
                .isInstanceOfSatisfying(PullProgress.Pulled.class, pulled -> assertThat(pulled.newer())
                        .isFalse());
        assertThat(layerStore.fetches).isEmpty();
    }

    @Test
    void shouldChooseThePlatformWhenThereIsAnIndex() {
        // Given
        TestImage amd = TestImage.of("amd64", Map.of("a", "amd"));
        TestImage arm = TestImage.of("arm64", Map.of("a", "arm"));
        amd.pushTo(registry, "multi", "");
        arm.pushTo(registry, "multi", "");
        byte[] index = TestImage.index(Map.of("amd64", amd, "arm64", arm));
        String digest = registry.pushManifest("multi", "latest", TestImage.INDEX_TYPE, index);

        // When
        List<PullProgress> progress = pull(reference("multi"), Platform.parse("linux/arm64"));

        // Then
        assertThat(progress.getLast()).isInstanceOfSatisfying(PullProgress.Pulled.class, pulled -> {
            assertThat(pulled.imageId()).hasToString(arm.id());
            assertThat(pulled.digest()).hasToString(digest);
        });
        assertThatThrownBy(() -> pull(reference("multi"), Platform.parse("linux/s390x")))
                .isInstanceOf(Fault.class)
                .hasMessage("no matching manifest for linux/s390x in the manifest list entries");
    }

    @Test
    void shouldMoveTheTagAndLeaveTheOldImageDanglingWhenItChanged() {
        // Given
        TestImage old = TestImage.of("amd64", Map.of("a", "old"));
        old.pushTo(registry, "moving", "latest");
        pull(reference("moving"), null);
        TestImage.of("amd64", Map.of("a", "new")).pushTo(registry, "moving", "latest");

        // When
        pull(reference("moving"), null);

        // Then
        var dangling = images.list(new ListImages(false, Map.of("dangling", List.of("true"))))
                .await()
                .atMost(PATIENCE);
        assertThat(dangling.images()).extracting(i -> i.id().toString()).contains(old.id());
        var named = images.list(new ListImages(false, Map.of("reference", List.of(registry.domain() + "/mov*:latest"))))
                .await()
                .atMost(PATIENCE);
        assertThat(named.images()).hasSize(1);
    }

    @Test
    void shouldTellThatTheManifestIsNotFoundWhenThereIsNoSuchTag() {
        // When / Then
        assertThatThrownBy(() -> pull(reference("nobody:x"), null))
                .isInstanceOf(Fault.class)
                .hasMessage("manifest for " + registry.domain()
                        + "/nobody:x not found: manifest unknown: manifest unknown");
    }

    @Test
    void shouldTellWhoDoesNotAnswerWhenThereIsNoRegistry() {
        // When / Then
        assertThatThrownBy(() -> pull(Reference.parse("127.0.0.1:1/x:latest"), null))
                .isInstanceOf(Fault.class)
                .hasMessage("Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused");
    }

    @Test
    void shouldStopTheDownloadsWhenTheClientGoesAway() {
        // Given
        TestImage image = TestImage.of("amd64", Map.of("a", "cancelled"));
        image.pushTo(registry, "slow", "latest");
        layerStore.stuck = true;
        var subscriber = images.pull(new PullImage(LayerStoreDouble.NODE, reference("slow"), null, null))
                .subscribe()
                .withSubscriber(AssertSubscriber.<PullProgress>create(Long.MAX_VALUE));
        subscriber.awaitNextItems(3, PATIENCE);

        // When
        subscriber.cancel();

        // Then
        Multi.createFrom()
                .ticks()
                .every(Duration.ofMillis(20))
                .filter(_ -> layerStore.cancelled.contains(image.diffIds().getFirst()))
                .toUni()
                .await()
                .atMost(PATIENCE);
        assertThatThrownBy(() -> images.inspect(FindImage.of(reference("slow").familiar()))
                        .await()
                        .atMost(PATIENCE))
                .hasMessage("No such image: " + registry.domain() + "/slow:latest");
    }

    @Test
    void shouldRefuseOtherArtifactsWhenTheConfigIsNoImage() {
        // Given
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        registry.pushBlob("chart", config);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + TestImage.MANIFEST_TYPE
                        + "\",\"config\":{\"mediaType\":\"application/vnd.cncf.helm.config.v1+json\",\"digest\":\""
                        + RegistryFixture.digest(config) + "\",\"size\":2},\"layers\":[]}")
                .getBytes(StandardCharsets.UTF_8);
        registry.pushManifest("chart", "latest", TestImage.MANIFEST_TYPE, manifest);

        // When / Then
        assertThatThrownBy(() -> pull(reference("chart"), null))
                .hasMessage("Encountered remote \"application/vnd.cncf.helm.config.v1+json\"(unknown) when fetching");
    }

    @Test
    void shouldNameTheFilterWhenItIsUnknown() {
        // When / Then
        assertThatThrownBy(() -> images.list(new ListImages(false, Map.of("colour", List.of("red"))))
                        .await()
                        .atMost(PATIENCE))
                .hasMessage("invalid filter 'colour'");
    }

    private List<PullProgress> pull(Reference reference, Platform platform) {
        return images.pull(new PullImage(LayerStoreDouble.NODE, reference, platform, null))
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
    }

    private static Reference reference(String text) {
        return Reference.parse(registry.domain() + "/" + text);
    }
}
