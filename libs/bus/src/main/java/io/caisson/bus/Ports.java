package io.caisson.bus;

import io.caisson.bus.wire.WireCodec;
import io.caisson.kernel.NodeId;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where ports are offered and used.
 *
 * <pre>{@code
 * ports.serve(Images.class, implementation);      // in the service's StartupEvent observer
 * Images images = ports.client(Images.class);     // anywhere else, whether or not it is up yet
 * }</pre>
 *
 * <p>A client's Uni fails with the {@link io.caisson.kernel.Fault} that the server raised, or with UNAVAILABLE when no
 * server answers. Each call reaches the server on a Vert.x context of its own, as Hibernate Reactive wants it; replies
 * arrive on the caller's context where it has one.
 */
@ApplicationScoped
public class Ports {
    private final Vertx vertx;
    private final StreamInbox inbox;
    private final List<MessageConsumer<?>> consumers = new ArrayList<>();

    @Inject
    public Ports(Vertx vertx) {
        this(vertx, StreamTimes.USUAL);
    }

    Ports(Vertx vertx, StreamTimes times) {
        this.vertx = vertx;
        vertx.eventBus().registerCodec(new WireCodec());
        this.inbox = new StreamInbox(vertx, times);
    }

    /** A proxy of {@code port}: each call becomes a message. Cheap and stateless; keep it in a field. */
    public <P> P client(Class<P> port) {
        String name = nameOf(port);
        var client = new PortClient(vertx, inbox, name);
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, client));
    }

    /** Offers {@code implementation} to every process on the bus. */
    public <P> void serve(Class<P> port, P implementation) {
        register(port, implementation, "");
    }

    /** Offers {@code implementation} for the commands bound to {@code node}; others go to any server. */
    public <P> void serve(Class<P> port, P implementation, NodeId node) {
        register(port, implementation, "@" + node);
        register(port, implementation, "");
    }

    private synchronized <P> void register(Class<P> port, P implementation, String suffix) {
        String name = nameOf(port);
        for (Method method : commandsOf(port)) {
            var server = new PortServer(vertx, inbox, implementation, method);
            consumers.add(vertx.eventBus().consumer(addressOf(name, method) + suffix, server));
        }
    }

    static String addressOf(String port, Method method) {
        return port + "." + method.getName();
    }

    static List<Method> commandsOf(Class<?> port) {
        return Arrays.stream(port.getMethods()).filter(m -> !m.isDefault()).toList();
    }

    private static String nameOf(Class<?> port) {
        Port annotation = port.getAnnotation(Port.class);
        if (annotation == null) {
            throw new IllegalArgumentException(port + " is not a @Port");
        }
        return annotation.value();
    }

    @PreDestroy
    synchronized void close() {
        consumers.forEach(MessageConsumer::unregister);
        inbox.close();
    }
}
