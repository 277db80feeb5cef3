package io.caisson.standalone;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.DomainSocketServerStart;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Where the engine listens besides its own socket: Docker's usual one, and TCP. The requests go through the very same
 * routes.
 */
@ApplicationScoped
class Listeners {
    static final String TLS_CA = "caisson.tls.ca";
    static final String TLS_CERTIFICATE = "caisson.tls.certificate";
    static final String TLS_KEY = "caisson.tls.key";

    private static final Logger LOG = Logger.getLogger(Listeners.class);
    private static final Path DOCKER = Path.of("/var/run/docker.sock");
    private static final int LAST = Integer.MAX_VALUE;
    private static final long PATIENCE = 10;

    private final Vertx vertx;
    private final Path socket;
    private final boolean dockerSocket;
    private final Optional<String> tcp;
    private final Optional<Tls> tls;

    Listeners(
            Vertx vertx,
            @ConfigProperty(name = Settings.SOCKET) String socket,
            @ConfigProperty(name = Settings.DOCKER_SOCKET, defaultValue = "false") boolean dockerSocket,
            @ConfigProperty(name = Settings.TCP) Optional<String> tcp,
            @ConfigProperty(name = TLS_CERTIFICATE) Optional<String> certificate,
            @ConfigProperty(name = TLS_KEY) Optional<String> key,
            @ConfigProperty(name = TLS_CA) Optional<String> ca) {
        this.vertx = vertx;
        this.socket = Path.of(socket);
        this.dockerSocket = dockerSocket;
        this.tcp = tcp;
        this.tls = Tls.of(certificate, key, ca);
    }

    /** An address that may not be served stops the start before anything else happens. */
    static void check(Settings settings) throws IOException {
        Optional<Tls> tls = Tls.of(settings.get(TLS_CERTIFICATE), settings.get(TLS_KEY), settings.get(TLS_CA));
        Optional<String> tcp = settings.get(Settings.TCP);
        if (tcp.isPresent()) {
            TcpAddress.parse(tcp.get()).requireSafe(tls.isPresent());
        }
        if (settings.isTrue(Settings.DOCKER_SOCKET) && Site.isServed(DOCKER)) {
            throw new IOException("another program serves " + DOCKER);
        }
    }

    /** After the services, before the engine's own socket: who can connect there finds the others open too. */
    void open(@Observes @Priority(LAST) StartupEvent event) throws Exception {
        if (tcp.isPresent()) {
            TcpAddress address = TcpAddress.parse(tcp.get());
            await(ExtraServer.tcp(address, tls).deploy(vertx));
            LOG.infof("Listening on tcp://%s%s", address, tls.isPresent() ? " with TLS" : "");
        }
        if (dockerSocket) {
            await(ExtraServer.unix(DOCKER).deploy(vertx));
            SocketAccess.grant(DOCKER);
            LOG.infof("Listening on unix://%s", DOCKER);
        }
    }

    void grant(@ObservesAsync DomainSocketServerStart started) throws IOException {
        SocketAccess.grant(socket);
    }

    private static void await(Future<String> deployed) throws Exception {
        var _ = deployed.toCompletionStage().toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
    }
}
