package io.caisson.bus;

import io.caisson.bus.wire.Wire;
import io.caisson.bus.wire.WireCodec;
import io.caisson.kernel.Ids;
import io.smallrye.mutiny.Multi;
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
 * <p>The opening command carries the caller's address and stream id. The server sends at most as many items as were asked
 * for. Every {@value #PULSE_MILLIS} ms the caller asks whether its stream still lives; a server that is not asked for
 * {@value #SILENCE_MILLIS} ms cancels, a caller that gets no answer fails with UNAVAILABLE.
 */
final class StreamInbox {
    static final long PULSE_MILLIS = 5_000;
    static final long SILENCE_MILLIS = 20_000;
    static final String STREAM = "stream";
    static final String INBOX = "inbox";
    static final String KIND = "kind";
    static final String COUNT = "count";

    private final Vertx vertx;
    private final String address = "stream." + Ids.hex(16);
    private final Map<String, InboundStream<?>> inbound = new ConcurrentHashMap<>();
    private final Map<String, OutboundStream> outbound = new ConcurrentHashMap<>();
    private final MessageConsumer<Wire> consumer;
    private final long timer;

    StreamInbox(Vertx vertx) {
        this.vertx = vertx;
        this.consumer = vertx.eventBus().consumer(address, this::dispatch);
        this.timer = vertx.setPeriodic(PULSE_MILLIS, _ -> pulse());
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
        var stream = new OutboundStream(this, caller, id);
        outbound.put(id, stream);
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
            case DEMAND, CANCEL -> {
                var stream = outbound.get(id);
                if (stream != null) {
                    stream.receive(signal, headers.get(COUNT));
                }
            }
            case ALIVE -> answerAlive(message, id);
        }
    }

    private void answerAlive(Message<Wire> message, String id) {
        var stream = outbound.get(id);
        if (stream != null) {
            stream.touch();
        }
        message.reply(Wire.of(stream != null), options());
    }

    private void pulse() {
        outbound.values().forEach(OutboundStream::cancelWhenSilent);
        inbound.values().forEach(InboundStream::askAlive);
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
        outbound.values().forEach(OutboundStream::cancel);
    }
}
