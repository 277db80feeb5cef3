package io.caisson.executor.dns;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message on a connection: two bytes of length, then itself; read piece by piece. */
final class Frame {
    private final ByteBuffer length = ByteBuffer.allocate(2);
    private @Nullable ByteBuffer message;

    static ByteBuffer of(byte[] message) {
        return ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .flip();
    }

    /** The next message when all of it is there; EOF when the other side has ended. */
    Optional<byte[]> readFrom(ReadableByteChannel channel) throws IOException {
        ByteBuffer body = message;
        if (body == null) {
            fill(length, channel);
            if (length.hasRemaining()) {
                return Optional.empty();
            }
            body = ByteBuffer.allocate(length.getShort(0) & 0xffff);
            message = body;
        }
        fill(body, channel);
        if (body.hasRemaining()) {
            return Optional.empty();
        }
        message = null;
        length.clear();
        return Optional.of(body.array());
    }

    private static void fill(ByteBuffer buffer, ReadableByteChannel channel) throws IOException {
        if (buffer.hasRemaining() && channel.read(buffer) < 0) {
            throw new EOFException();
        }
    }
}
