package io.caisson.bus;

import io.caisson.bus.wire.Wire;
import io.caisson.bus.wire.WireCodec;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** Turns a call on a port's interface into a message, and the answer into a Uni or Multi. */
final class PortClient implements InvocationHandler {
    private static final long TIMEOUT_MILLIS = 60_000;

    private final Vertx vertx;
    private final StreamInbox inbox;
    private final String port;

    PortClient(Vertx vertx, StreamInbox inbox, String port) {
        this.vertx = vertx;
        this.inbox = inbox;
        this.port = port;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        Object command = arguments[0];
        String address = addressOf(method, command);
        Type reply = ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0];
        if (method.getReturnType() == Multi.class) {
            return inbox.open(address, command, reply);
        }
        return method.isAnnotationPresent(Unbounded.class)
                ? inbox.open(address, command, reply).toUni()
                : request(address, command, reply);
    }

    private String addressOf(Method method, Object command) {
        String address = Ports.addressOf(port, method);
        return command instanceof NodeBound bound ? address + "@" + bound.node() : address;
    }

    private <T> Uni<T> request(String address, Object command, Type reply) {
        var options = new DeliveryOptions().setCodecName(WireCodec.NAME).setSendTimeout(TIMEOUT_MILLIS);
        return Uni.createFrom().emitter(emitter -> vertx.eventBus()
                .<Wire>request(address, Wire.of(command), options)
                .map(Message::body)
                .map(wire -> wire.<T>as(reply))
                .onSuccess(emitter::complete)
                .onFailure(t -> emitter.fail(BusFaults.received(address, t))));
    }

    private Object ofObject(Object proxy, Method method, Object[] arguments)
            throws InvocationTargetException, IllegalAccessException {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "client of port " + port;
            case String _ -> method.invoke(this, arguments);
        };
    }
}
