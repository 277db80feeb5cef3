package io.caisson.bus;

import io.caisson.bus.wire.Wire;
import io.caisson.bus.wire.WireCodec;
import io.caisson.kernel.Ids;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reactive streams over the bus: items one way, demand and cancellation the other, one address per process.
 *
 * <p>The opening command carries the caller's address, the stream's id and the first demand. The server sends at most as many
 * items as were asked for, numbered from 1. A single message may be lost with a connection, so nothing depends on one: the
 * caller asks at a {@linkplain StreamTimes#pulse steady pace} whether its stream still lives and repeats its whole demand; the
 * server answers with what it has sent, and repeats its last word until the caller knows of it. A server that is not asked for
 * {@linkplain StreamTimes#silence a while} cancels; a caller whose stream is gone, has a gap or is not answered for as long
 * fails with UNAVAILABLE.
 */
final class StreamInbox {
    /** Instead of a number of items: no such stream. */
    static final long UNKNOWN = -1;

    static final String STREAM = "stream";
    static final String INBOX = "inbox";
    static final String KIND = "kind";
    static final String COUNT = "count";

    private final Vertx vertx;
    private final StreamTimes times;
    private final Context context;
    private final String address = "stream." + Ids.hex(16);
    private final Map<String, InboundStream<?>> inbound = new ConcurrentHashMap<>();
    private final Map<String, OutboundStream> outbound = new ConcurrentHashMap<>();
    private final MessageConsumer<Wire> consumer;
    private final long timer;

    StreamInbox(Vertx vertx, StreamTimes times) {
        this.vertx = vertx;
        this.times = times;
        this.context = vertx.getOrCreateContext();
        this.consumer = vertx.eventBus().consumer(address, this::dispatch);
        this.timer = vertx.setPeriodic(times.pulse().toMillis(), _ -> run(this::pulse));
    }

    /** The caller's side: nothing is sent before somebody subscribes. */
    <T> Multi<T> open(String port, Object command, Type itemType) {
        return Multi.createFrom().deferred(() -> {
            var stream = new InboundStream<T>(this, Ids.hex(16), port, itemType);
            return stream.items(command);
        });
    }

    /** The server's side: answers the opening message and feeds the caller from {@code items}. */
    void serve(Message<Wire> opening, Multi<?> items) {
        String caller = opening.headers().get(INBOX);
        String id = opening.headers().get(STREAM);
        if (caller == null || id == null) {
            BusFaults.send(opening, new IllegalArgumentException("not opened as a stream"));
            return;
        }
        var stream = new OutboundStream(this, vertx.getOrCreateContext(), caller, id);
        outbound.put(id, stream);
        stream.grant(count(opening));
        // Subscribed first: the caller's demand may follow the reply on another thread at once.
        items.subscribe().withSubscriber(stream);
        opening.reply(Wire.of(address), options());
    }

    private void dispatch(Message<Wire> message) {
        MultiMap headers = message.headers();
        String id = headers.get(STREAM);
        StreamSignal signal = StreamSignal.valueOf(headers.get(KIND));
        switch (signal) {
            case ITEM, DONE, FAIL -> {
                var stream = inbound.get(id);
                if (stream != null) {
                    stream.receive(signal, message);
                }
            }
            case DEMAND -> {
                var stream = outbound.get(id);
                if (stream != null) {
                    stream.grant(count(message));
                }
            }
            case CANCEL -> {
                var stream = outbound.get(id);
                if (stream != null) {
                    stream.cancel();
                }
            }
            case ALIVE -> answerAlive(message, id);
        }
    }

    private void answerAlive(Message<Wire> message, String id) {
        var stream = outbound.get(id);
        if (stream != null) {
            stream.grant(count(message));
        }
        message.reply(Wire.of(stream == null ? UNKNOWN : stream.sent()), options());
    }

    private static long count(Message<?> message) {
        return Long.parseLong(message.headers().get(COUNT));
    }

    private void pulse() {
        outbound.values().forEach(OutboundStream::cancelWhenSilent);
        inbound.values().forEach(InboundStream::askAlive);
    }

    /** On the event loop on which streams hear of everything: one thing at a time. */
    void run(Runnable work) {
        context.runOnContext(_ -> work.run());
    }

    void later(Runnable work) {
        long _ = vertx.setTimer(times.again().toMillis(), _ -> run(work));
    }

    StreamTimes times() {
        return times;
    }

    Vertx vertx() {
        return vertx;
    }

    String address() {
        return address;
    }

    void add(String id, InboundStream<?> stream) {
        inbound.put(id, stream);
    }

    void removeInbound(String id) {
        inbound.remove(id);
    }

    void removeOutbound(String id) {
        outbound.remove(id);
    }

    static DeliveryOptions options() {
        return new DeliveryOptions().setCodecName(WireCodec.NAME);
    }

    void send(String to, String id, StreamSignal signal, Object body, long count) {
        var options =
                options().addHeader(STREAM, id).addHeader(KIND, signal.name()).addHeader(COUNT, Long.toString(count));
        vertx.eventBus().send(to, Wire.of(body), options);
    }

    void close() {
        vertx.cancelTimer(timer);
        consumer.unregister();
        outbound.values().forEach(OutboundStream::close);
    }
}
