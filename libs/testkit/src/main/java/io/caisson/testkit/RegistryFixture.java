package io.caisson.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real registry on a loopback port ({@code docker-registry}, Debian's package), plain HTTP, its content in a temporary
 * directory. Closing it ends the process and removes the content.
 */
public final class RegistryFixture implements AutoCloseable {
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/bin/docker-registry"), Path.of("/usr/local/bin/registry"));
    private static final String MANIFESTS = "application/vnd.oci.image.manifest.v1+json,"
            + "application/vnd.docker.distribution.manifest.v2+json,application/vnd.oci.image.index.v1+json";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final Process process;
    private final int port;

    /** Name and password of a fixture that asks for them. */
    public static final String USER = "user";

    public static final String PASSWORD = "secret";
    private static final String BCRYPT = "$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";

    private RegistryFixture(Path program, boolean locked) throws IOException {
        this.folder = Files.createTempDirectory("caisson-test-registry-");
        this.port = freePort();
        Path config = Files.writeString(
                folder.resolve("config.yml"), """
                version: 0.1
                log: {level: error}
                storage:
                  filesystem: {rootdirectory: %s}
                  delete: {enabled: true}
                http: {addr: "127.0.0.1:%d"}
                %s
                """.formatted(folder.resolve("content"), port, locked ? lock() : ""));
        this.process = new ProcessBuilder(program.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        awaitAnswer(locked ? HttpURLConnection.HTTP_UNAUTHORIZED : HttpURLConnection.HTTP_OK);
    }

    private String lock() throws IOException {
        Path passwords = Files.writeString(folder.resolve("htpasswd"), USER + ":" + BCRYPT + "\n");
        return "auth: {htpasswd: {realm: test, path: %s}}".formatted(passwords);
    }

    /** Whether the program is installed: tests that need it are skipped otherwise. */
    public static boolean isAvailable() {
        return PROGRAMS.stream().anyMatch(Files::isExecutable);
    }

    public static RegistryFixture start() {
        return start(false);
    }

    /** One that lets in only {@link #USER} with {@link #PASSWORD}, by basic authentication. */
    public static RegistryFixture startLocked() {
        return start(true);
    }

    private static RegistryFixture start(boolean locked) {
        Path program = PROGRAMS.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("docker-registry is not installed"));
        try {
            return new RegistryFixture(program, locked);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code 127.0.0.1:port}: the domain of references to it. */
    public String domain() {
        return "127.0.0.1:" + port;
    }

    /** Uploads a blob; answers its digest, {@code sha256:…}. */
    public String pushBlob(String repository, byte[] content) {
        String digest = digest(content);
        var started = send(request("/v2/" + repository + "/blobs/uploads/")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        String location = started.headers().firstValue("Location").orElseThrow();
        URI upload = base().resolve(location + (location.contains("?") ? "&" : "?") + "digest=" + digest);
        var done = send(HttpRequest.newBuilder(upload)
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                .build());
        expect(done, HttpURLConnection.HTTP_CREATED);
        return digest;
    }

    /** Puts a manifest or index below a tag or digest; answers its digest. */
    public String pushManifest(String repository, String reference, String mediaType, byte[] content) {
        var done = send(request("/v2/" + repository + "/manifests/" + reference)
                .header("Content-Type", mediaType)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                .build());
        expect(done, HttpURLConnection.HTTP_CREATED);
        return digest(content);
    }

    /** Whether there is e.g. {@code manifests/v1} or {@code blobs/sha256:…}. */
    public boolean has(String repository, String kindAndReference) {
        var answer = send(request("/v2/" + repository + "/" + kindAndReference)
                .header("Accept", MANIFESTS)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
        return answer.statusCode() == HttpURLConnection.HTTP_OK;
    }

    public static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            var _ = process.waitFor();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAnswer(int status) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                expect(send(request("/v2/").GET().build()), status);
                return;
            } catch (UncheckedIOException e) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    process.destroy();
                    throw new IOException("no registry: " + Files.readString(folder.resolve("log")), e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }

    private URI base() {
        return URI.create("http://" + domain());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base().resolve(path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void expect(HttpResponse<String> response, int status) {
        if (response.statusCode() != status) {
            throw new IllegalStateException(
                    response.request() + " answered " + response.statusCode() + ": " + response.body());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
