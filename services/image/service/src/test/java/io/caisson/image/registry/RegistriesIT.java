package io.caisson.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.image.api.RegistryAuth;
import io.caisson.image.document.JsonDocument;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.BlobSource;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.MediaTypes;
import io.caisson.oci.Reference;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistriesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Digest BLOB = Digest.sha256("blob".getBytes(StandardCharsets.UTF_8));
    private static final String MANIFEST = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
            + "\",\"config\":{\"digest\":\"" + BLOB + "\",\"size\":4},\"layers\":[]}";
    private static final Digest MANIFEST_DIGEST = Digest.sha256(MANIFEST.getBytes(StandardCharsets.UTF_8));
    private static final Map<String, String> MANIFEST_HEADERS = Map.of("Content-Type", MediaTypes.OCI_MANIFEST);

    private final TestRegistry server = new TestRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final RegistryHttp http = new RegistryHttp(vertx);
    private final Registries registries = new Registries(
            new RegistrySettings(Optional.empty(), Optional.empty()),
            new PingRegistry(http),
            http,
            new Tokens(new FetchToken(http)));

    @AfterEach
    void close() {
        server.close();
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldFetchATokenOnceWhenTheRegistryAsksForOne() {
        // Given
        protectedBy("good");
        server.on("/token", 200, "{\"token\":\"good\",\"expires_in\":300}", Map.of());
        var auth = new RegistryAuth("me", "secret", null, null, null);

        // When
        var resolved = resolve("app:v1", auth);
        var again = resolve("app:v1", auth);
        BlobSource source = resolved.repository()
                .source(Descriptor.of(MediaTypes.OCI_LAYER, BLOB, 4))
                .await()
                .atMost(PATIENCE);

        // Then
        assertThat(resolved.document().digest()).isEqualTo(MANIFEST_DIGEST);
        assertThat(again.document().digest()).isEqualTo(MANIFEST_DIGEST);
        var tokens =
                server.asked.stream().filter(a -> a.path().equals("/token")).toList();
        assertThat(tokens).hasSize(1);
        assertThat(tokens.getFirst().query())
                .contains("service=reg")
                .contains("scope=repository:app:pull")
                .contains("account=me");
        assertThat(tokens.getFirst().authorization())
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.UTF_8)));
        assertThat(source.urls()).containsExactly("http://" + server.domain() + "/v2/app/blobs/" + BLOB);
        assertThat(source.authorization()).isEqualTo("Bearer good");
    }

    @Test
    void shouldPostTheIdentityTokenWhenThereIsOne() {
        // Given
        protectedBy("fresh");
        server.on("/token", 200, "{\"access_token\":\"fresh\"}", Map.of());

        // When
        var resolved = resolve("app:v1", new RegistryAuth("<token>", null, "identity", null, null));

        // Then
        assertThat(resolved.document().digest()).isEqualTo(MANIFEST_DIGEST);
        assertThat(server.asked).anySatisfy(asked -> assertThat(asked.body())
                .contains("grant_type=refresh_token")
                .contains("refresh_token=identity"));
    }

    @Test
    void shouldSayThatAccessIsDeniedWhenTheTokenDoesNotCoverTheRepository() {
        // Given
        server.on("/v2/", 401, "", bearer(""));
        server.on("/token", 200, "{\"token\":\"narrow\"}", Map.of());
        server.on("/v2/app/manifests/v1", 401, "", bearer(",error=\"insufficient_scope\""));

        // When / Then
        assertThatThrownBy(() -> resolve("app:v1", null))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.NOT_FOUND))
                .hasMessage("pull access denied for " + server.domain()
                        + "/app, repository does not exist or may require 'docker login':"
                        + " denied: requested access to the resource is denied");
    }

    @Test
    void shouldSayUnauthorizedWhenThePasswordIsWrong() {
        // Given
        server.on("/v2/", 401, "", bearer(""));
        server.on("/token", 401, "{\"details\":\"incorrect username or password\"}", Map.of());

        // When / Then
        assertThatThrownBy(() -> resolve("app:v1", new RegistryAuth("me", "wrong", null, null, null)))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.UNAUTHORIZED))
                .hasMessageEndingWith("unauthorized: incorrect username or password");
    }

    @Test
    void shouldSendBasicCredentialsWhenAskedForThem() {
        // Given
        server.on("/v2/", 401, "", Map.of("WWW-Authenticate", "Basic realm=\"r\""));
        server.on(
                "/v2/app/manifests/v1",
                asked -> asked.authorization().startsWith("Basic ")
                        ? TestRegistry.Answer.of(200, MANIFEST, MANIFEST_HEADERS)
                        : TestRegistry.Answer.of(401, "", Map.of("WWW-Authenticate", "Basic realm=\"r\"")));

        // When / Then
        assertThat(resolve("app:v1", new RegistryAuth("me", "pw", null, null, null))
                        .document()
                        .digest())
                .isEqualTo(MANIFEST_DIGEST);
        assertThatThrownBy(() -> resolve("app:v1", null)).hasMessageEndingWith(": no basic auth credentials");
    }

    @Test
    void shouldRefuseWhenTheManifestIsNotWhatItsDigestSays() {
        // Given
        server.on("/v2/", 200, "{}", Map.of());
        server.on("/v2/app/manifests/" + BLOB, 200, MANIFEST, MANIFEST_HEADERS);
        server.on(
                "/v2/app/manifests/v1",
                200,
                MANIFEST,
                Map.of("Content-Type", MediaTypes.OCI_MANIFEST, "Docker-Content-Digest", BLOB.toString()));

        // When / Then
        assertThatThrownBy(() -> resolve("app@" + BLOB, null))
                .hasMessage("manifest verification failed for digest " + BLOB);
        assertThatThrownBy(() -> resolve("app:v1", null)).hasMessage("manifest verification failed for digest " + BLOB);
    }

    @Test
    void shouldStopReadingWhenTheManifestIsHuge() {
        // Given
        server.on("/v2/", 200, "{}", Map.of());
        server.on(
                "/v2/app/manifests/v1",
                _ -> new TestRegistry.Answer(200, new byte[JsonDocument.MAX_BYTES + 1], MANIFEST_HEADERS));

        // When / Then
        assertThatThrownBy(() -> resolve("app:v1", null))
                .hasMessageContaining("the answer is larger than 4194304 bytes");
    }

    @Test
    void shouldRefuseWhenTheAnswerIsNoManifest() {
        // Given
        server.on("/v2/", 200, "{}", Map.of());
        server.on("/v2/app/manifests/v1", 200, "<html>", Map.of("Content-Type", "text/html"));

        // When / Then
        assertThatThrownBy(() -> resolve("app:v1", null)).hasMessage("invalid manifest: not JSON");
    }

    @Test
    void shouldKeepCredentialsToItselfWhenABlobIsElsewhere() {
        // Given
        protectedBy("good");
        server.on("/token", 200, "{\"token\":\"good\"}", Map.of());
        try (TestRegistry other = new TestRegistry()) {
            other.on("/store", 200, "blob", Map.of());
            server.on(
                    "/v2/app/blobs/" + BLOB,
                    307,
                    "",
                    Map.of("Location", "http://" + other.domain() + "/store?signed=yes"));
            var repository = resolve("app:v1", null).repository();

            // When
            byte[] blob = repository
                    .blob(Descriptor.of(MediaTypes.OCI_CONFIG, BLOB, 4), "image config")
                    .await()
                    .atMost(PATIENCE);
            BlobSource foreign = repository
                    .source(new Descriptor(
                            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
                            BLOB,
                            4,
                            List.of("https://elsewhere.example/layer", "file:///etc/passwd"),
                            null,
                            null))
                    .await()
                    .atMost(PATIENCE);

            // Then
            assertThat(blob).isEqualTo("blob".getBytes(StandardCharsets.UTF_8));
            assertThat(other.asked).singleElement().satisfies(asked -> assertThat(asked.authorization())
                    .isEqualTo("null"));
            assertThat(foreign).isEqualTo(new BlobSource(List.of("https://elsewhere.example/layer"), null, false));
        }
    }

    @Test
    void shouldGiveUpWhenRedirectsGoRound() {
        // Given
        server.on("/v2/", 200, "{}", Map.of());
        server.on("/v2/app/manifests/v1", 302, "", Map.of("Location", "/v2/app/manifests/v1"));
        server.on("/v2/app/manifests/v2", 302, "", Map.of("Location", "file:///etc/passwd"));

        // When / Then
        assertThatThrownBy(() -> resolve("app:v1", null)).hasMessageEndingWith("stopped after too many redirects");
        assertThatThrownBy(() -> resolve("app:v2", null)).hasMessageContaining("refused redirect");
    }

    @Test
    void shouldPassOnWhatTheRegistrySaysWhenItRefuses() {
        // Given
        server.on("/v2/", 200, "{}", Map.of());
        server.on(
                "/v2/app/manifests/v1",
                429,
                "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"come back later\"}]}",
                Map.of());
        server.on("/v2/app/manifests/v2", 502, "bad", Map.of());
        server.on("/v2/app/manifests/v3", 404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}", Map.of());

        // When / Then
        assertThatThrownBy(() -> resolve("app:v1", null)).hasMessage("toomanyrequests: come back later");
        assertThatThrownBy(() -> resolve("app:v2", null))
                .hasMessageEndingWith("received unexpected HTTP status: 502 Bad Gateway");
        assertThatThrownBy(() -> resolve("app:v3", null))
                .hasMessage("repository " + server.domain() + "/app not found: name unknown");
    }

    private void protectedBy(String token) {
        server.on("/v2/", 401, "", bearer(""));
        server.on(
                "/v2/app/manifests/v1",
                asked -> asked.authorization().equals("Bearer " + token)
                        ? TestRegistry.Answer.of(200, MANIFEST, MANIFEST_HEADERS)
                        : TestRegistry.Answer.of(401, "", bearer("")));
    }

    private Map<String, String> bearer(String more) {
        return Map.of(
                "WWW-Authenticate", "Bearer realm=\"http://" + server.domain() + "/token\",service=\"reg\"" + more);
    }

    private Registries.Resolved resolve(String name, @Nullable RegistryAuth auth) {
        return registries
                .resolve(Reference.parse(server.domain() + "/" + name), auth)
                .await()
                .atMost(PATIENCE);
    }
}
