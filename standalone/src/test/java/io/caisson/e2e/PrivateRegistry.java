package io.caisson.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Debian's docker-registry with TLS, by a certificate that nobody has signed, for one user. */
final class PrivateRegistry implements AutoCloseable {
    static final String USER = "user";
    static final String PASSWORD = "secret";
    private static final String BCRYPT = "$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final int port;
    private final Process process;

    private PrivateRegistry(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static PrivateRegistry start(Path home) {
        Requirements.program("docker-registry");
        Requirements.program("openssl");
        try {
            int port = freePort();
            var _ = Command.of(
                            "openssl",
                            "req",
                            "-x509",
                            "-newkey",
                            "rsa:2048",
                            "-nodes",
                            "-subj",
                            "/CN=registry.test",
                            "-keyout",
                            home.resolve("key.pem").toString(),
                            "-out",
                            home.resolve("cert.pem").toString())
                    .run()
                    .orFail();
            Files.writeString(home.resolve("htpasswd"), USER + ":" + BCRYPT + "\n");
            Path config = Files.writeString(home.resolve("config.yml"), """
                    version: 0.1
                    log: {level: error}
                    storage: {filesystem: {rootdirectory: %1$s/data}}
                    auth: {htpasswd: {realm: test, path: %1$s/htpasswd}}
                    http: {addr: "127.0.0.1:%2$d", tls: {certificate: %1$s/cert.pem, key: %1$s/key.pem}}
                    """.formatted(home, port));
            Process process =
                    Command.of("docker-registry", "serve", config.toString()).start(home.resolve("log"));
            var registry = new PrivateRegistry(port, process);
            Await.until("the registry answers", PATIENCE, registry::answers);
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        return Command.of("curl", "-sk", "-o", "/dev/null", "https://127.0.0.1:" + port + "/v2/")
                        .run()
                        .exit()
                == 0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String domain() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
