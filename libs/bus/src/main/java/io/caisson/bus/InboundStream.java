package io.caisson.bus;

import io.caisson.bus.wire.Wire;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.lang.reflect.Type;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The caller's end of a stream: passes demand to the server and its items on to the subscriber. */
final class InboundStream<T> implements Flow.Subscription {
    private final StreamInbox inbox;
    private final String id;
    private final String port;
    private final Type itemType;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong earlyDemand = new AtomicLong();
    private volatile Flow.@Nullable Subscriber<? super T> subscriber;
    private volatile @Nullable String server;

    InboundStream(StreamInbox inbox, String id, String port, Type itemType) {
        this.inbox = inbox;
        this.id = id;
        this.port = port;
        this.itemType = itemType;
    }

    Multi<T> items(Object command) {
        return Multi.createFrom().publisher((Flow.Subscriber<? super T> downstream) -> start(command, downstream));
    }

    private void start(Object command, Flow.Subscriber<? super T> downstream) {
        subscriber = downstream;
        inbox.add(id, this);
        downstream.onSubscribe(this);
        var options =
                StreamInbox.options().addHeader(StreamInbox.STREAM, id).addHeader(StreamInbox.INBOX, inbox.address());
        inbox.vertx()
                .eventBus()
                .<Wire>request(port, Wire.of(command), options)
                .onSuccess(reply -> opened(reply.body().as(String.class)))
                .onFailure(t -> fail(BusFaults.received(port, t)));
    }

    private void opened(String address) {
        server = address;
        if (ended.get()) {
            inbox.send(address, id, StreamSignal.CANCEL, "", 0);
            return;
        }
        drainDemand(address);
    }

    private void drainDemand(String address) {
        long demand = earlyDemand.getAndSet(0);
        if (demand > 0) {
            inbox.send(address, id, StreamSignal.DEMAND, "", demand);
        }
    }

    @Override
    public void request(long n) {
        var _ = earlyDemand.accumulateAndGet(n, Subscriptions::add);
        String address = server;
        if (address != null) {
            drainDemand(address);
        }
    }

    @Override
    public void cancel() {
        if (ended.compareAndSet(false, true)) {
            inbox.removeInbound(id);
            String address = server;
            if (address != null) {
                inbox.send(address, id, StreamSignal.CANCEL, "", 0);
            }
        }
    }

    void receive(StreamSignal signal, Message<Wire> message) {
        var downstream = subscriber;
        if (ended.get() || downstream == null) {
            return;
        }
        switch (signal) {
            case ITEM -> downstream.onNext(message.body().as(itemType));
            case DONE -> {
                if (end()) {
                    downstream.onComplete();
                }
            }
            case FAIL ->
                fail(BusFaults.of(
                        Integer.parseInt(message.headers().get(StreamInbox.COUNT)),
                        message.body().as(String.class)));
            case DEMAND, CANCEL, ALIVE -> throw new IllegalStateException("not for a caller: " + signal);
        }
    }

    void askAlive() {
        String address = server;
        if (address == null) {
            return;
        }
        var options = StreamInbox.options()
                .setSendTimeout(StreamInbox.PULSE_MILLIS)
                .addHeader(StreamInbox.STREAM, id)
                .addHeader(StreamInbox.KIND, StreamSignal.ALIVE.name());
        Vertx vertx = inbox.vertx();
        vertx.eventBus()
                .<Wire>request(address, Wire.of(""), options)
                .onSuccess(reply -> failUnless(reply.body().as(Boolean.class)))
                .onFailure(t -> fail(BusFaults.received(port, t)));
    }

    private void failUnless(boolean alive) {
        if (!alive) {
            fail(new Fault(Fault.Kind.UNAVAILABLE, "stream of " + port + " was lost"));
        }
    }

    private void fail(Throwable error) {
        var downstream = subscriber;
        if (end() && downstream != null) {
            downstream.onError(error);
        }
    }

    private boolean end() {
        inbox.removeInbound(id);
        return ended.compareAndSet(false, true);
    }
}
