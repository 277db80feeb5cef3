package io.caisson.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caisson.bus.Ports;
import io.caisson.image.api.FindImage;
import io.caisson.image.api.Images;
import io.caisson.image.api.LoginResult;
import io.caisson.image.api.PruneImages;
import io.caisson.image.api.PullImage;
import io.caisson.image.api.PushImage;
import io.caisson.image.api.PushProgress;
import io.caisson.image.api.RegistryAuth;
import io.caisson.image.api.RegistryLogin;
import io.caisson.image.api.TagImage;
import io.caisson.kernel.Fault;
import io.caisson.oci.Digest;
import io.caisson.oci.Reference;
import io.caisson.testkit.PostgresResource;
import io.caisson.testkit.RegistryFixture;
import io.caisson.testkit.TestImage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PushIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static RegistryFixture registry;
    private static RegistryFixture locked;

    @Inject
    Ports ports;

    @Inject
    RecordingLayerStore layerStore;

    private Images images;

    @BeforeAll
    static void startRegistries() {
        assumeTrue(RegistryFixture.isAvailable(), "docker-registry is not installed");
        registry = RegistryFixture.start();
        locked = RegistryFixture.startLocked();
    }

    @AfterAll
    static void stopRegistries() {
        if (registry != null) {
            registry.close();
            locked.close();
        }
    }

    @BeforeEach
    void connect() {
        images = ports.client(Images.class);
        layerStore.stuck = false;
        layerStore.uploads.clear();
    }

    @Test
    void shouldPutTheSameManifestWhenTheImageWasPulled() {
        // Given
        TestImage image = pulled("origin", "b", "one layer");
        tag("origin", locked, "copy:v1");
        tag("origin", locked, "copy:v2");

        // When
        List<PushProgress> progress = push(locked, "copy", auth(RegistryFixture.PASSWORD));

        // Then
        Digest layer = Digest.parse(image.diffIds().getFirst());
        Digest digest = Digest.parse(image.manifestDigest());
        assertThat(progress)
                .startsWith(
                        new PushProgress.Started(locked.domain() + "/copy"), new PushProgress.LayerPreparing(layer));
        assertThat(progress)
                .filteredOn(PushProgress.LayerPushed.class::isInstance)
                .hasSize(1);
        assertThat(progress)
                .filteredOn(PushProgress.LayerExists.class::isInstance)
                .hasSize(1);
        assertThat(progress)
                .contains(new PushProgress.Tagged("v1", digest, image.manifest().length))
                .endsWith(new PushProgress.Tagged("v2", digest, image.manifest().length));
        assertThat(layerStore.uploads).hasSize(1);
        assertThat(inspect(locked.domain() + "/copy:v1").repoDigests()).contains(locked.domain() + "/copy@" + digest);
    }

    @Test
    void shouldMountLayersThatTheRegistryHasElsewhere() {
        // Given
        pulled("first", "m", "to be mounted");
        tag("first", registry, "second:v1");

        // When
        List<PushProgress> progress = push(registry, "second:v1", null);

        // Then
        assertThat(progress)
                .filteredOn(PushProgress.LayerMounted.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(PushProgress.LayerMounted.class, mounted -> assertThat(mounted.from())
                        .isEqualTo("first"));
        assertThat(layerStore.uploads).isEmpty();
        assertThat(registry.has("second", "manifests/v1")).isTrue();
    }

    @Test
    void shouldSayWhatIsMissingWhenThereIsNothingToPush() {
        pulled("known", "k", "known");

        assertThatThrownBy(() -> push(registry, "unknown:v1", null))
                .hasMessage("An image does not exist locally with the tag: " + registry.domain() + "/unknown");
        assertThatThrownBy(() -> push(registry, "known:v9", null))
                .hasMessage("tag does not exist: " + registry.domain() + "/known:v9");
    }

    @Test
    void shouldLeaveNoTraceWhenTheRegistryDoesNotLetUsIn() {
        // Given
        pulled("wanted", "w", "wanted");
        tag("wanted", locked, "secret:v1");

        // When / Then
        assertThatThrownBy(() -> push(locked, "secret:v1", null)).hasMessage("no basic auth credentials");
        assertThatThrownBy(() -> push(locked, "secret:v1", auth("wrong")))
                .hasMessage("unauthorized: authentication required");
        assertThat(layerStore.uploads).isEmpty();
        assertThat(inspect(locked.domain() + "/secret:v1").repoDigests())
                .noneMatch(digest -> digest.startsWith(locked.domain() + "/secret"));
    }

    @Test
    void shouldCheckCredentialsWhenLoggingIn() {
        assertThat(login(auth("secret"))).isEqualTo(new LoginResult(""));
        assertThatThrownBy(() -> login(auth("wrong")))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.UNAUTHORIZED))
                .hasMessage("login attempt to http://" + locked.domain() + "/v2/ failed with status: 401 Unauthorized");
    }

    @Test
    void shouldPruneWhatHasNoTagAndNobodyUses() {
        // Given
        TestImage dangling = pulled("prune", "p", "old");
        TestImage used = pulled("prune", "p", "used");
        TestImage tagged = pulled("prune", "p", "new");

        // When
        var pruned = images.prune(new PruneImages(Map.of(), List.of(used.id())))
                .await()
                .atMost(PATIENCE);

        // Then
        assertThat(pruned.removal().deleted()).contains(dangling.id()).doesNotContain(used.id(), tagged.id());
        assertThat(pruned.reclaimed()).isGreaterThanOrEqualTo("old".length());
        assertThat(layerStore.layers)
                .doesNotContainKey(Digest.parse(dangling.diffIds().getFirst()));
        assertThatThrownBy(() -> images.prune(new PruneImages(Map.of("size", List.of("1")), List.of()))
                        .await()
                        .atMost(PATIENCE))
                .hasMessage("invalid filter 'size'");
    }

    private TestImage pulled(String repository, String path, String text) {
        TestImage image = TestImage.of("amd64", Map.of(path, text));
        image.pushTo(registry, repository, "latest");
        Reference reference = Reference.parse(registry.domain() + "/" + repository + ":latest");
        var _ = images.pull(new PullImage(LayerStoreDouble.NODE, reference, null, null))
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
        return image;
    }

    private void tag(String repository, RegistryFixture where, String name) {
        var target = Reference.parse(where.domain() + "/" + name);
        var _ = images.tag(new TagImage(registry.domain() + "/" + repository, target))
                .await()
                .atMost(PATIENCE);
    }

    private List<PushProgress> push(RegistryFixture where, String name, RegistryAuth auth) {
        var reference = Reference.parse(where.domain() + "/" + name);
        return images.push(new PushImage(LayerStoreDouble.NODE, reference, auth))
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
    }

    private io.caisson.image.api.ImageDetail inspect(String name) {
        return images.inspect(FindImage.of(name)).await().atMost(PATIENCE);
    }

    private LoginResult login(RegistryAuth auth) {
        return images.login(new RegistryLogin(auth)).await().atMost(PATIENCE);
    }

    private static RegistryAuth auth(String password) {
        return new RegistryAuth(RegistryFixture.USER, password, null, null, locked.domain());
    }
}
