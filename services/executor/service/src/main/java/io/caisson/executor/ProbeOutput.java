package io.caisson.executor;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The first bytes of what a process writes, read from its monitor on a thread of its own; the rest is read and dropped. */
final class ProbeOutput implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ProbeOutput.class);
    private static final String WANTED = "attach stdin=0 stdout=1 stderr=1 reply=0\n";
    private static final int PADDING = 4;

    private final SocketChannel channel;
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread reader;
    private boolean truncated;

    private ProbeOutput(SocketChannel channel, int limit) {
        this.channel = channel;
        this.limit = limit;
        this.reader = Thread.ofVirtual().name("probe-output").unstarted(this::read);
    }

    /** Before the process starts: nothing is missed. */
    static ProbeOutput open(Path socket, int limit) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer bytes = ByteBuffer.wrap(WANTED.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                var _ = channel.write(bytes);
            }
            var output = new ProbeOutput(channel, limit);
            output.reader.start();
            return output;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void read() {
        try (var in = new DataInputStream(Channels.newInputStream(channel))) {
            while (true) {
                in.skipNBytes(PADDING);
                keep(in.readNBytes(in.readInt()));
            }
        } catch (EOFException _) {
            // the end of the output
        } catch (IOException e) {
            LOG.debugf(e, "the output of a probe was cut off");
        }
    }

    private synchronized void keep(byte[] bytes) {
        int room = limit - kept.size();
        kept.write(bytes, 0, Math.min(room, bytes.length));
        truncated |= bytes.length > room;
    }

    void awaitEnd(Duration patience) {
        try {
            var _ = reader.join(patience);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    synchronized boolean truncated() {
        return truncated;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
