package io.caisson.bus.stream;

import io.caisson.kernel.Ids;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers dialled byte streams of this process on one UNIX socket below {@code caisson.run}.
 *
 * <p>An offer is good for one dial within {@value #OFFER_SECONDS} seconds; its preamble is a random token, so that nobody
 * else on the host can take it.
 */
@ApplicationScoped
public class StreamServer {
    private static final Logger LOG = Logger.getLogger(StreamServer.class);
    private static final int OFFER_SECONDS = 60;
    private static final int TOKEN_LENGTH = 32;

    private final Path socket;
    private final Map<String, Offer> offers = new ConcurrentHashMap<>();
    private @Nullable ServerSocketChannel server;

    public StreamServer(@ConfigProperty(name = "caisson.run", defaultValue = "/run/caisson") Path run) {
        this.socket = run.toAbsolutePath()
                .resolve("streams-" + ProcessHandle.current().pid() + ".sock");
    }

    /** Registers work for whoever dials the returned target. */
    public StreamTarget offer(StreamWork work) {
        listen();
        expire();
        String token = Ids.hex(TOKEN_LENGTH);
        offers.put(token, new Offer(work, System.nanoTime()));
        return new StreamTarget("unix:" + socket, token + "\n", false);
    }

    private synchronized void listen() {
        if (server != null) {
            return;
        }
        try {
            Files.createDirectories(socket.getParent());
            Files.deleteIfExists(socket);
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            ServerSocketChannel listening = server;
            Thread.ofVirtual().name("streams").start(() -> acceptAll(listening));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + socket, e);
        }
    }

    private void acceptAll(ServerSocketChannel listening) {
        while (true) {
            try {
                SocketChannel channel = listening.accept();
                Thread.ofVirtual().name("stream").start(() -> answer(channel));
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                LOG.warnf(e, "cannot accept a stream");
            }
        }
    }

    private void answer(SocketChannel channel) {
        try (channel) {
            Offer offer = offers.remove(readToken(channel));
            if (offer == null) {
                return;
            }
            InputStream in = Channels.newInputStream(channel);
            OutputStream out = Channels.newOutputStream(channel);
            offer.work().run(in, out);
            channel.shutdownOutput();
        } catch (IOException | RuntimeException e) {
            LOG.debugf(e, "stream ended early");
        }
    }

    private static String readToken(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(TOKEN_LENGTH + 1);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // a token is short: it comes in one read but for a peer that stops half-way
        }
        return new String(buffer.array(), 0, TOKEN_LENGTH, StandardCharsets.US_ASCII);
    }

    private void expire() {
        long oldest = System.nanoTime() - OFFER_SECONDS * 1_000_000_000L;
        offers.values().removeIf(offer -> offer.since() < oldest);
    }

    synchronized void close(@Observes ShutdownEvent event) throws IOException {
        if (server != null) {
            server.close();
            Files.deleteIfExists(socket);
        }
    }

    private record Offer(StreamWork work, long since) {}
}
