package io.caisson.standalone;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** One more HTTP server in front of the application's routes. */
final class ExtraServer {
    private static final int INSTANCES = 2;
    private static final int HEADERS = 64 << 10;

    private final SocketAddress address;
    private final HttpServerOptions options;

    private ExtraServer(SocketAddress address, HttpServerOptions options) {
        this.address = address;
        this.options = options;
    }

    static ExtraServer unix(Path path) {
        return new ExtraServer(SocketAddress.domainSocketAddress(path.toString()), common());
    }

    static ExtraServer tcp(TcpAddress address, Optional<Tls> tls) {
        HttpServerOptions options = common();
        tls.ifPresent(files -> options.setSsl(true)
                .setKeyCertOptions(
                        new PemKeyCertOptions().addCertPath(files.certificate()).addKeyPath(files.key()))
                .setTrustOptions(new PemTrustOptions().addCertPath(files.ca()))
                .setClientAuth(ClientAuth.REQUIRED));
        return new ExtraServer(SocketAddress.inetSocketAddress(address.port(), address.host()), options);
    }

    /** A cleartext upgrade to HTTP/2 would get in the way of BuildKit's, and idle clients are welcome. */
    private static HttpServerOptions common() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setIdleTimeout(0)
                .setMaxHeaderSize(HEADERS)
                .setMaxInitialLineLength(HEADERS)
                .setHandle100ContinueAutomatically(true);
    }

    Future<String> deploy(Vertx vertx) {
        return vertx.deployVerticle(Instance::new, new DeploymentOptions().setInstances(INSTANCES));
    }

    private final class Instance extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer(options)
                    .requestHandler(VertxHttpRecorder.getRootHandler())
                    .listen(address)
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
