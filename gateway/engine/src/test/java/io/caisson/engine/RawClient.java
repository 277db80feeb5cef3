package io.caisson.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client that speaks bytes. */
final class RawClient implements AutoCloseable {
    final SocketChannel channel;

    RawClient(SocketChannel channel) {
        this.channel = channel;
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            var _ = channel.write(buffer);
        }
        return this;
    }

    RawClient endOutput() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    /** Everything until the server ends its side. */
    String readAll() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        while (channel.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Until {@code text} has been read, or the end. */
    String readUntil(String text) throws IOException {
        StringBuilder all = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (all.indexOf(text) < 0 && channel.read(one) >= 0) {
            all.append((char) (one.get(0) & 0xff));
            one.clear();
        }
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
