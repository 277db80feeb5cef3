package io.caisson.bus;

import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Context;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a stream: subscribes to the port's Multi and sends what the caller has asked for.
 *
 * <p>It stays known after its end until the caller has said that it knows of it, or falls silent.
 */
final class OutboundStream implements MultiSubscriber<Object> {
    private final StreamInbox inbox;
    private final Context context;
    private final String caller;
    private final String id;
    private Flow.@Nullable Subscription upstream;
    private boolean over;
    private long granted;
    private long sent;
    private @Nullable Runnable lastWord;
    private volatile long touched = System.nanoTime();

    /** @param context where all is sent from: the bus keeps the order of one context's messages only */
    OutboundStream(StreamInbox inbox, Context context, String caller, String id) {
        this.inbox = inbox;
        this.context = context;
        this.caller = caller;
        this.id = id;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        long asked;
        synchronized (this) {
            asked = over ? -1 : granted;
            upstream = subscription;
        }
        if (asked < 0) {
            subscription.cancel();
        } else if (asked > 0) {
            subscription.request(asked);
        }
    }

    @Override
    public void onItem(Object item) {
        long number;
        synchronized (this) {
            number = ++sent;
        }
        context.runOnContext(_ -> inbox.send(caller, id, StreamSignal.ITEM, item, number));
    }

    @Override
    public void onFailure(Throwable error) {
        Fault fault = Fault.of(error);
        end(() -> inbox.send(
                caller, id, StreamSignal.FAIL, fault.message(), fault.kind().ordinal()));
    }

    @Override
    public void onCompletion() {
        long number;
        synchronized (this) {
            number = sent;
        }
        end(() -> inbox.send(caller, id, StreamSignal.DONE, Done.DONE, number));
    }

    private void end(Runnable word) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            lastWord = word;
        }
        context.runOnContext(_ -> word.run());
    }

    /** @param total how many items the caller has asked for since the beginning; to say it twice changes nothing */
    void grant(long total) {
        touched = System.nanoTime();
        long more;
        Flow.Subscription subscription;
        synchronized (this) {
            more = total - granted;
            granted = Math.max(granted, total);
            subscription = over ? null : upstream;
        }
        if (more > 0 && subscription != null) {
            subscription.request(more);
        }
    }

    /** The caller asks for a sign of life; the answer is how many items it should have by now. */
    synchronized long sent() {
        Runnable word = lastWord;
        if (word != null) {
            // It may not have heard.
            context.runOnContext(_ -> word.run());
        }
        return sent;
    }

    void cancelWhenSilent() {
        if (System.nanoTime() - touched > inbox.times().silence().toNanos()) {
            cancel();
        }
    }

    /** This process ends: the caller need not find out by itself. */
    void close() {
        onFailure(new Fault(Fault.Kind.UNAVAILABLE, "the service is stopping"));
        cancel();
    }

    /** The caller wants no more of it, or knows its end. */
    void cancel() {
        inbox.removeOutbound(id);
        Flow.Subscription subscription;
        synchronized (this) {
            subscription = upstream;
            over = true;
        }
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
