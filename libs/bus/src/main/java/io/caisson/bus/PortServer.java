package io.caisson.bus;

import io.caisson.bus.wire.Wire;
import io.caisson.bus.wire.WireCodec;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jboss.logging.Logger;

/** Receives one method's commands and answers with what the implementation says. */
final class PortServer implements Handler<Message<Wire>> {
    private static final Logger LOG = Logger.getLogger(PortServer.class);
    private static final DeliveryOptions OPTIONS = new DeliveryOptions().setCodecName(WireCodec.NAME);

    private final Vertx vertx;
    private final StreamInbox inbox;
    private final Object implementation;
    private final Method method;

    PortServer(Vertx vertx, StreamInbox inbox, Object implementation, Method method) {
        this.vertx = vertx;
        this.inbox = inbox;
        this.implementation = implementation;
        this.method = method;
    }

    @Override
    public void handle(Message<Wire> message) {
        CallContext.run(vertx, () -> {
            try {
                answer(message);
            } catch (RuntimeException e) {
                fail(message, e);
            }
        });
    }

    private void answer(Message<Wire> message) {
        Object result = call(message.body().as(method.getGenericParameterTypes()[0]));
        if (result instanceof Multi<?> items) {
            inbox.serve(message, items);
        } else if (method.isAnnotationPresent(Unbounded.class)) {
            inbox.serve(message, ((Uni<?>) result).toMulti());
        } else {
            ((Uni<?>) result)
                    .subscribe()
                    .with(reply -> message.reply(Wire.of(reply), OPTIONS), error -> fail(message, error));
        }
    }

    private Object call(Object command) {
        try {
            return method.invoke(implementation, command);
        } catch (InvocationTargetException e) {
            throw Fault.of(e.getCause() == null ? e : e.getCause());
        } catch (IllegalAccessException e) {
            throw Fault.internal("cannot call " + method, e);
        }
    }

    private void fail(Message<Wire> message, Throwable error) {
        // A fault is an answer; anything else is a defect that only this process can explain.
        if (!(error instanceof Fault)) {
            LOG.errorf(error, "%s failed", method.getName());
        }
        BusFaults.send(message, error);
    }
}
