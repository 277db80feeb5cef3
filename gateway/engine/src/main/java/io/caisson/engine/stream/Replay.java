package io.caisson.engine.stream;

import io.caisson.kernel.Done;
import io.netty.buffer.ByteBuf;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Copies a dialled stream to its end onto a taken-over connection: what was logged before an attach. */
public final class Replay implements RawReceiver {
    private final RawStream log;
    private final RawStream client;
    private final UniEmitter<? super Done> emitter;

    private Replay(RawStream log, RawStream client, UniEmitter<? super Done> emitter) {
        this.log = log;
        this.client = client;
        this.emitter = emitter;
    }

    /** Done at the log's end, or when the client is gone. */
    public static Uni<Done> copy(DialledStream log, HijackedConnection client) {
        return Uni.createFrom().emitter(emitter -> log.raw().receive(new Replay(log.raw(), client.stream(), emitter)));
    }

    @Override
    public void data(ByteBuf bytes) {
        client.write(bytes);
        if (client.isClosed()) {
            log.close();
        } else if (!client.isWritable()) {
            log.pause();
            client.whenRoom(log::resume);
        }
    }

    @Override
    public void end() {
        emitter.complete(Done.DONE);
        log.close();
    }

    @Override
    public void closed() {
        emitter.complete(Done.DONE);
    }
}
