package io.caisson.executor.monitor;

import io.caisson.executor.task.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** One connection to a monitor: a line out, lines in. For one thread at a time; reads block. */
public final class MonitorConnection implements AutoCloseable {
    private static final int LINE_LIMIT = 64 * 1024;
    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1024).flip();

    private MonitorConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Fails when nobody listens. While the monitor is being launched the connection waits for it. */
    public static MonitorConnection open(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new MonitorConnection(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends a command on a connection of its own and waits for its reply line. */
    public static String ask(Path socket, String command) throws IOException {
        try (var connection = open(socket)) {
            connection.send(command);
            return connection.readLine();
        }
    }

    public void send(String command) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            var _ = channel.write(bytes);
        }
    }

    /** The next thing it says. */
    public MonitorReply next() throws IOException {
        String line = readLine();
        return line.isEmpty() ? new MonitorReply.Closed() : MonitorReply.parse(line);
    }

    /** Reads on until the process has ended; empty when the monitor went away without a word. */
    public Optional<Outcome> awaitOutcome() {
        try {
            while (true) {
                switch (next()) {
                    case MonitorReply.Exited(Outcome outcome) -> {
                        return Optional.of(outcome);
                    }
                    case MonitorReply.Closed() -> {
                        return Optional.empty();
                    }
                    case MonitorReply.Created() -> {}
                    case MonitorReply.Running _ -> {}
                    case MonitorReply.Failed _ -> {}
                }
            }
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Reads on until the monitor has cleaned up. */
    public void awaitClosed() throws IOException {
        while (!(next() instanceof MonitorReply.Closed)) {
            // nothing else matters any more
        }
    }

    private String readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        while (line.size() < LINE_LIMIT) {
            if (!buffer.hasRemaining() && !fill()) {
                return "";
            }
            byte b = buffer.get();
            if (b == '\n') {
                break;
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int got = channel.read(buffer);
        buffer.flip();
        return got > 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
