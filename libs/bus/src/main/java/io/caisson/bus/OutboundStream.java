package io.caisson.bus;

import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/** The server's end of a stream: subscribes to the port's Multi and sends what the caller has asked for. */
final class OutboundStream implements MultiSubscriber<Object> {
    private static final Flow.Subscription CANCELLED = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    private final StreamInbox inbox;
    private final String caller;
    private final String id;
    private final AtomicReference<Flow.Subscription> upstream = new AtomicReference<>();
    private volatile long touched = System.nanoTime();

    OutboundStream(StreamInbox inbox, String caller, String id) {
        this.inbox = inbox;
        this.caller = caller;
        this.id = id;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        if (!upstream.compareAndSet(null, subscription)) {
            subscription.cancel();
        }
    }

    @Override
    public void onItem(Object item) {
        inbox.send(caller, id, StreamSignal.ITEM, item, 0);
    }

    @Override
    public void onFailure(Throwable error) {
        inbox.removeOutbound(id);
        Fault fault = Fault.of(error);
        inbox.send(caller, id, StreamSignal.FAIL, fault.message(), fault.kind().ordinal());
    }

    @Override
    public void onCompletion() {
        inbox.removeOutbound(id);
        inbox.send(caller, id, StreamSignal.DONE, Done.DONE, 0);
    }

    void receive(StreamSignal signal, String count) {
        touch();
        if (signal == StreamSignal.CANCEL) {
            cancel();
            return;
        }
        Flow.Subscription subscription = upstream.get();
        if (subscription != null) {
            subscription.request(Long.parseLong(count));
        }
    }

    void touch() {
        touched = System.nanoTime();
    }

    void cancelWhenSilent() {
        if (System.nanoTime() - touched > StreamInbox.SILENCE_MILLIS * 1_000_000) {
            cancel();
        }
    }

    void cancel() {
        inbox.removeOutbound(id);
        Flow.Subscription subscription = upstream.getAndSet(CANCELLED);
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
