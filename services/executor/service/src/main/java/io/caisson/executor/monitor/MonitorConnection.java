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

/**
 * One connection to a monitor: a line out, lines in. For one thread at a time; reads block. A monitor consists of two processes:
 * where one is killed its connections end, and the other answers at the same socket.
 */
public final class MonitorConnection implements AutoCloseable {
    private static final int LINE_LIMIT = 64 * 1024;
    private static final int ATTEMPTS = 3;
    private final Path socket;
    private final ByteBuffer buffer = ByteBuffer.allocate(1024).flip();

    private SocketChannel channel;
    private boolean closed;

    private MonitorConnection(Path socket, SocketChannel channel) {
        this.socket = socket;
        this.channel = channel;
    }

    /** Fails when nobody listens. While the monitor is being launched the connection waits for it. */
    public static MonitorConnection open(Path socket) throws IOException {
        return new MonitorConnection(socket, dial(socket));
    }

    private static SocketChannel dial(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends a command on a connection of its own and waits for its reply line; empty when there is none. */
    public static String ask(Path socket, String command) throws IOException {
        String reply = "";
        for (int i = 0; i < ATTEMPTS && reply.isEmpty(); i++) {
            try (var connection = open(socket)) {
                connection.send(command);
                reply = connection.readLine();
            }
        }
        return reply;
    }

    /** Watches again after the connection ended; false when nobody answers any more. */
    private boolean watchAgain() {
        try {
            SocketChannel fresh = dial(socket);
            if (!replace(fresh)) {
                fresh.close();
                return false;
            }
            buffer.clear().flip();
            send("watch");
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private synchronized boolean replace(SocketChannel fresh) throws IOException {
        if (closed) {
            return false;
        }
        channel.close();
        channel = fresh;
        return true;
    }

    private synchronized SocketChannel channel() {
        return channel;
    }

    public void send(String command) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            var _ = channel().write(bytes);
        }
    }

    /** The next thing it says. */
    public MonitorReply next() throws IOException {
        String line = readLine();
        return line.isEmpty() ? new MonitorReply.Closed() : MonitorReply.parse(line);
    }

    /** Reads on until the process has ended; empty when the monitor, both its processes, went away without a word. */
    public Optional<Outcome> awaitOutcome() {
        do {
            Optional<Outcome> outcome = readOutcome();
            if (outcome.isPresent()) {
                return outcome;
            }
        } while (watchAgain());
        return Optional.empty();
    }

    private Optional<Outcome> readOutcome() {
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
        do {
            while (!(next() instanceof MonitorReply.Closed)) {
                // nothing else matters any more
            }
        } while (watchAgain());
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
        int got = channel().read(buffer);
        buffer.flip();
        return got > 0;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
