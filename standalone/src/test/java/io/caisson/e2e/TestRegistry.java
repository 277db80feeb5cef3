package io.caisson.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Debian's docker-registry on a free loopback port, filled by its HTTP API. One per JVM. */
final class TestRegistry {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_TRIES = 600;
    private static final int MAX_PORTS = 5;
    private static @Nullable TestRegistry shared;

    final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestRegistry(int port) {
        this.port = port;
    }

    static synchronized TestRegistry shared() {
        Requirements.program("docker-registry");
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static TestRegistry start() {
        try {
            Path home = Files.createTempDirectory("caisson-registry-");
            for (int tries = 0; tries < MAX_PORTS; tries++) {
                int port = freePort();
                Process process = serve(home, port);
                var registry = new TestRegistry(port);
                Await.until("the registry answers or ends", PATIENCE, () -> !process.isAlive() || registry.answers());
                if (process.isAlive()) {
                    endWithTheJvm(process, home);
                    return registry;
                }
                // somebody else took the port that was free a moment ago
            }
            throw new AssertionError("the registry does not start:\n" + Files.readString(home.resolve("log")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process serve(Path home, int port) throws IOException {
        Path config = home.resolve("config.yml");
        Files.writeString(config, """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(home.resolve("data"), port));
        return Command.of("docker-registry", "serve", config.toString()).start(home.resolve("log"));
    }

    private static void endWithTheJvm(Process process, Path home) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.destroyForcibly().onExit().join();
            Places.delete(home);
        }));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try {
            return send(HttpRequest.newBuilder(uri("/v2/"))).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** {@code 127.0.0.1:PORT/NAME}: how a client names a repository here. */
    String reference(String name) {
        return "127.0.0.1:" + port + "/" + name;
    }

    /** Pushes an image of gzip-compressed layers and answers its reference. */
    String push(String repository, String tag, String config, List<Path> layers) {
        try {
            String layerDescriptors =
                    layers.stream().map(layer -> descriptor(repository, layer)).collect(Collectors.joining(","));
            byte[] configBytes = config.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            upload(repository, digest(configBytes), BodyPublishers.ofByteArray(configBytes));
            String manifest = """
                    {"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json",\
                    "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%d,"digest":"%s"},\
                    "layers":[%s]}""".formatted(configBytes.length, digest(configBytes), layerDescriptors);
            var put = HttpRequest.newBuilder(uri("/v2/" + repository + "/manifests/" + tag))
                    .header("Content-Type", "application/vnd.docker.distribution.manifest.v2+json")
                    .PUT(BodyPublishers.ofString(manifest));
            expect(201, send(put));
            return reference(repository + ":" + tag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String descriptor(String repository, Path layer) {
        try {
            byte[] bytes = Files.readAllBytes(layer);
            upload(repository, digest(bytes), BodyPublishers.ofByteArray(bytes));
            return "{\"mediaType\":\"application/vnd.docker.image.rootfs.diff.tar.gzip\",\"size\":" + bytes.length
                    + ",\"digest\":\"" + digest(bytes) + "\"}";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void upload(String repository, String digest, HttpRequest.BodyPublisher content) throws IOException {
        var started = send(HttpRequest.newBuilder(uri("/v2/" + repository + "/blobs/uploads/"))
                .POST(BodyPublishers.noBody()));
        expect(202, started);
        String location = started.headers().firstValue("Location").orElseThrow();
        URI target = uri("/").resolve(location + (location.contains("?") ? "&" : "?") + "digest=" + digest);
        expect(201, send(HttpRequest.newBuilder(target).PUT(content)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(MAX_TRIES)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static void expect(int status, HttpResponse<String> response) throws IOException {
        if (response.statusCode() != status) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
    }

    static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
