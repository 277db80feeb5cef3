package io.caisson.engine.stream;

import io.caisson.engine.api.DetachKeys;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Joins a client with a container's streams: bytes both ways, each way no faster than its reader, each with its own end.
 *
 * <p>The container's end is the end of all. A client that is gone takes the dialled side with it.
 */
public final class Splice {
    private final RawStream client;
    private final RawStream container;
    private final Input input;
    private boolean over;

    /**
     * What becomes of the client's bytes.
     *
     * @param wanted false to drop them
     * @param detachKeys keys that leave; null without a terminal
     * @param detached called when they were typed
     */
    public record Input(boolean wanted, @Nullable DetachKeys detachKeys, Runnable detached) {}

    private Splice(RawStream client, RawStream container, Input input) {
        this.client = client;
        this.container = container;
        this.input = input;
    }

    public static void join(HijackedConnection client, DialledStream container, Input input) {
        var splice = new Splice(client.stream(), container.raw(), input);
        container.raw().receive(splice.new FromContainer());
        if (!splice.over) {
            client.stream().receive(splice.new FromClient());
        }
    }

    private void finish() {
        if (!over) {
            over = true;
            container.close();
            Lingering.close(client);
        }
    }

    private void toContainer(ByteBuf bytes) {
        container.write(bytes);
        if (!container.isWritable()) {
            client.pause();
        }
    }

    private void scan(ByteBuf bytes, DetachKeys keys) {
        DetachKeys.Scanned scanned = keys.scan(ByteBufUtil.getBytes(bytes));
        bytes.release();
        if (scanned.bytes().hasRemaining()) {
            toContainer(Unpooled.wrappedBuffer(scanned.bytes()));
        }
        if (scanned.detached()) {
            input.detached().run();
            finish();
        }
    }

    private final class FromClient implements RawReceiver {
        @Override
        public void data(ByteBuf bytes) {
            DetachKeys keys = input.detachKeys();
            if (over || !input.wanted()) {
                bytes.release();
            } else if (keys == null) {
                toContainer(bytes);
            } else {
                scan(bytes, keys);
            }
        }

        @Override
        public void end() {
            container.shutdownOutput();
        }

        @Override
        public void closed() {
            over = true;
            container.close();
        }

        @Override
        public void writable() {
            if (!over) {
                container.resume();
            }
        }
    }

    private final class FromContainer implements RawReceiver {
        @Override
        public void data(ByteBuf bytes) {
            if (over) {
                bytes.release();
                return;
            }
            client.write(bytes);
            if (!client.isWritable()) {
                container.pause();
            }
        }

        @Override
        public void end() {
            finish();
        }

        @Override
        public void closed() {
            finish();
        }

        @Override
        public void writable() {
            if (!over) {
                client.resume();
            }
        }
    }
}
