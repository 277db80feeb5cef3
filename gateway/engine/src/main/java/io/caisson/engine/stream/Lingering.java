package io.caisson.engine.stream;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection so that its last bytes arrive: our half first, then what the client still sends is read and dropped until
 * it ends too, but not for ever. A close with unread input would reset the connection and take the last bytes with it.
 */
final class Lingering implements RawReceiver {
    private static final int SECONDS = 10;

    private final RawStream stream;

    private Lingering(RawStream stream) {
        this.stream = stream;
    }

    static void close(RawStream stream) {
        stream.shutdownOutput();
        var _ = stream.loop().schedule(stream::close, SECONDS, TimeUnit.SECONDS);
        stream.receive(new Lingering(stream));
    }

    @Override
    public void data(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void end() {
        stream.close();
    }

    @Override
    public void closed() {
        // as it should be
    }
}
