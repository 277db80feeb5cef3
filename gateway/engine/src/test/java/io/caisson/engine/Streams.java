package io.caisson.engine;

import io.caisson.bus.stream.StreamTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stream server like a container's monitor: takes the preamble, says {@code ok}, and does what it was told to. */
final class Streams implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Path path;

    @FunctionalInterface
    interface Work {
        void run(InputStream in, OutputStream out) throws IOException;
    }

    Streams(Path path, boolean reply, Work work) throws IOException {
        this.path = path;
        Files.deleteIfExists(path);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Thread.ofVirtual().start(() -> accept(reply, work));
    }

    private void accept(boolean reply, Work work) {
        while (true) {
            try {
                SocketChannel channel = server.accept();
                Thread.ofVirtual().start(() -> serve(channel, reply, work));
            } catch (IOException _) {
                return;
            }
        }
    }

    private static void serve(SocketChannel channel, boolean reply, Work work) {
        try (channel) {
            InputStream in = Channels.newInputStream(channel);
            OutputStream out = Channels.newOutputStream(channel);
            int c = in.read();
            while (c >= 0 && c != '\n') {
                c = in.read();
            }
            if (reply) {
                out.write("ok\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
            work.run(in, out);
        } catch (IOException _) {
            // the other side went away
        }
    }

    StreamTarget target(boolean reply) {
        return new StreamTarget("unix:" + path, "attach\n", reply);
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }
}
