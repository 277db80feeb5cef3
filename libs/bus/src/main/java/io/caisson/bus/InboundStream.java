package io.caisson.bus;

import io.caisson.bus.wire.Wire;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
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
    private final AtomicLong demanded = new AtomicLong();
    private volatile Flow.@Nullable Subscriber<? super T> subscriber;
    private volatile @Nullable String server;
    private volatile long heard = System.nanoTime();
    // What follows is read and written on the inbox's event loop only.
    private long received;
    private long expected;
    private boolean doubted;

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
        // What is asked for by now travels with the command.
        long asked = demanded.get();
        var options = StreamInbox.options()
                .addHeader(StreamInbox.STREAM, id)
                .addHeader(StreamInbox.INBOX, inbox.address())
                .addHeader(StreamInbox.COUNT, Long.toString(asked));
        inbox.vertx()
                .eventBus()
                .<Wire>request(port, Wire.of(command), options)
                .onSuccess(reply -> opened(reply.body().as(String.class), asked))
                .onFailure(t -> inbox.run(() -> fail(BusFaults.received(port, t))));
    }

    private void opened(String address, long asked) {
        heard = System.nanoTime();
        server = address;
        if (ended.get()) {
            inbox.send(address, id, StreamSignal.CANCEL, "", 0);
        } else if (demanded.get() > asked) {
            inbox.send(address, id, StreamSignal.DEMAND, "", demanded.get());
        }
    }

    @Override
    public void request(long n) {
        var _ = demanded.accumulateAndGet(n, Subscriptions::add);
        String address = server;
        if (address != null && !ended.get()) {
            inbox.send(address, id, StreamSignal.DEMAND, "", demanded.get());
        }
    }

    @Override
    public void cancel() {
        boolean _ = end();
    }

    void receive(StreamSignal signal, Message<Wire> message) {
        var downstream = subscriber;
        if (ended.get() || downstream == null) {
            return;
        }
        heard = System.nanoTime();
        long count = Long.parseLong(message.headers().get(StreamInbox.COUNT));
        switch (signal) {
            case ITEM -> item(count, message.body(), downstream);
            case DONE -> {
                if (count != received) {
                    lost();
                } else if (end()) {
                    downstream.onComplete();
                }
            }
            case FAIL -> fail(BusFaults.of((int) count, message.body().as(String.class)));
            case DEMAND, CANCEL, ALIVE -> throw new IllegalStateException("not for a caller: " + signal);
        }
    }

    private void item(long number, Wire body, Flow.Subscriber<? super T> downstream) {
        if (number != received + 1) {
            lost();
            return;
        }
        received = number;
        T item;
        try {
            item = body.as(itemType);
        } catch (Fault e) {
            fail(e);
            return;
        }
        downstream.onNext(item);
    }

    void askAlive() {
        String address = server;
        if (address == null || ended.get()) {
            return;
        }
        var options = StreamInbox.options()
                .setSendTimeout(inbox.times().pulse().toMillis())
                .addHeader(StreamInbox.STREAM, id)
                .addHeader(StreamInbox.KIND, StreamSignal.ALIVE.name())
                .addHeader(StreamInbox.COUNT, Long.toString(demanded.get()));
        inbox.vertx()
                .eventBus()
                .<Wire>request(address, Wire.of(""), options)
                .onSuccess(reply -> inbox.run(() -> alive(reply.body().as(Long.class))))
                .onFailure(t -> inbox.run(() -> noAnswer(t)));
    }

    /** @param sent how many items the server has sent, or that it does not know this stream */
    private void alive(long sent) {
        heard = System.nanoTime();
        if (sent == StreamInbox.UNKNOWN) {
            doubt(new Fault(Fault.Kind.UNAVAILABLE, "stream of " + port + " was lost"));
        } else if (received < expected) {
            // Items may be overtaken by one answer, but not by two.
            lost();
        } else {
            doubted = false;
            expected = sent;
        }
    }

    private void noAnswer(Throwable t) {
        boolean gone = t instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
        if (gone) {
            doubt(BusFaults.received(port, t));
        } else if (System.nanoTime() - heard > inbox.times().silence().toNanos()) {
            fail(BusFaults.received(port, t));
        }
    }

    /** The last word may be on its way: it fails when it is told so twice. */
    private void doubt(Fault fault) {
        if (doubted) {
            fail(fault);
        } else {
            doubted = true;
            inbox.later(this::askAlive);
        }
    }

    private void lost() {
        fail(new Fault(Fault.Kind.UNAVAILABLE, "a part of the stream of " + port + " was lost"));
    }

    void fail(Throwable error) {
        var downstream = subscriber;
        if (end() && downstream != null) {
            downstream.onError(error);
        }
    }

    /** Tells the server, which keeps the stream until then; false when it had ended. */
    private boolean end() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        inbox.removeInbound(id);
        String address = server;
        if (address != null) {
            inbox.send(address, id, StreamSignal.CANCEL, "", 0);
        }
        return true;
    }
}
