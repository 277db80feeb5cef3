package io.caisson.engine;

import io.caisson.bus.Ports;
import io.caisson.kernel.NodeId;
import io.caisson.metadata.Event;
import io.caisson.metadata.EventQuery;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The engine on a UNIX socket and on TCP, with doubles behind it. */
final class TestServer implements AutoCloseable {
    static final NodeId NODE = new NodeId("local");

    final Doubles doubles = new Doubles();
    final Path folder;
    final Path socket;
    final int port;
    Function<EventQuery, Multi<Event>> events = _ -> Multi.createFrom().empty();

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final Ports ports = new Ports(vertx);

    TestServer() throws IOException {
        folder = Files.createTempDirectory("caisson-engine-");
        socket = folder.resolve("docker.sock");
        doubles.serveOn(ports);
        Router router = Router.router(vertx);
        var settings = new EngineSettings(NODE, "t0", folder.toString(), List.of(), List.of(), List.of());
        Engine.mount(router, vertx, Services.on(ports, query -> events.apply(query)), settings);
        var options = new HttpServerOptions().setHandle100ContinueAutomatically(true);
        listen(router, options, SocketAddress.domainSocketAddress(socket.toString()));
        port = listen(router, options, SocketAddress.inetSocketAddress(0, "127.0.0.1"))
                .actualPort();
    }

    private HttpServer listen(Router router, HttpServerOptions options, SocketAddress address) {
        return vertx.createHttpServer(options)
                .requestHandler(router)
                .listen(address)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    SocketChannel connect(boolean unix) throws IOException {
        if (unix) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        }
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    @Override
    public void close() throws IOException {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(folder.resolve("stream.sock"));
        Files.deleteIfExists(folder);
    }
}
