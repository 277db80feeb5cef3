package io.caisson.cluster;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.impl.DefaultNodeSelector;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses who gets a message as Vert.x does, and remembers it for as long as an answer is awaited.
 *
 * <p>Vert.x itself leaves a request to a process that died to its timeout. Here it fails as soon as the cluster knows.
 */
final class RequestTargets extends DefaultNodeSelector {
    private static final int MAX_AWAITED = 20_000;
    private static final int MAX_GONE = 256;

    private final Map<String, String> nodeByReplyAddress = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            // Those that timed out long ago.
            return size() > MAX_AWAITED;
        }
    };
    private final LinkedHashSet<String> gone = new LinkedHashSet<>();
    private @Nullable Vertx vertx;
    private @Nullable ClusterManager cluster;

    @Override
    public synchronized void init(Vertx theVertx, ClusterManager theCluster) {
        super.init(theVertx, theCluster);
        vertx = theVertx;
        cluster = theCluster;
    }

    @Override
    public void eventBusStarted() {
        super.eventBusStarted();
        bus().addInboundInterceptor(delivery -> {
            answered(delivery.message().address());
            delivery.next();
        });
    }

    @Override
    public void selectForSend(Message<?> message, Promise<String> promise) {
        String reply = message.replyAddress();
        if (reply == null) {
            super.selectForSend(message, promise);
            return;
        }
        Promise<String> chosen = Promise.promise();
        super.selectForSend(message, chosen);
        chosen.future().onComplete(result -> {
            if (result.succeeded()) {
                awaitFrom(result.result(), reply);
            }
            promise.handle(result);
        });
    }

    /** A node id never comes back: a process that starts again is another node. */
    void gone(String node) {
        Map<String, String> lost = new HashMap<>();
        synchronized (this) {
            gone.add(node);
            if (gone.size() > MAX_GONE) {
                String _ = gone.removeFirst();
            }
            lost.putAll(nodeByReplyAddress);
            lost.values().removeIf(target -> !target.equals(node));
            nodeByReplyAddress.keySet().removeAll(lost.keySet());
        }
        lost.keySet().forEach(this::fail);
    }

    private void awaitFrom(@Nullable String node, String reply) {
        boolean tooLate;
        synchronized (this) {
            if (node == null || cluster == null || node.equals(cluster.getNodeId())) {
                return;
            }
            tooLate = gone.contains(node);
            if (!tooLate) {
                nodeByReplyAddress.put(reply, node);
            }
        }
        if (tooLate) {
            fail(reply);
        }
    }

    private synchronized void answered(String address) {
        nodeByReplyAddress.remove(address);
    }

    private void fail(String reply) {
        var error = new ReplyException(ReplyFailure.NO_HANDLERS, "the process that was asked is gone");
        bus().send(reply, error, new DeliveryOptions().setLocalOnly(true));
    }

    private synchronized EventBus bus() {
        if (vertx == null) {
            throw new IllegalStateException("not in a cluster yet");
        }
        return vertx.eventBus();
    }
}
