package io.caisson.engine;

import io.caisson.bus.Ports;
import io.caisson.container.api.Containers;
import io.caisson.executor.api.Executor;
import io.caisson.image.api.Images;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.Volumes;
import io.caisson.network.api.Networks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Stand-ins for the services on the local bus: they record every command and answer what a test has told them to; anything
 * else is a fault.
 */
final class Doubles {
    private final Map<String, Function<Object, Object>> answers = new ConcurrentHashMap<>();
    final List<Object> commands = new CopyOnWriteArrayList<>();

    void serveOn(Ports ports) {
        serve(ports, Containers.class);
        serve(ports, Images.class);
        serve(ports, LayerStore.class);
        serve(ports, Volumes.class);
        serve(ports, Networks.class);
        ports.serve(Executor.class, proxy(Executor.class), TestServer.NODE);
    }

    private <P> void serve(Ports ports, Class<P> port) {
        if (port == LayerStore.class || port == Volumes.class) {
            ports.serve(port, proxy(port), TestServer.NODE);
        } else {
            ports.serve(port, proxy(port));
        }
    }

    private <P> P proxy(Class<P> port) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    commands.add(arguments[0]);
                    var answer = answers.get(key(port, method.getName()));
                    var missing = Fault.internal("the test did not expect " + arguments[0], null);
                    boolean stream = method.getReturnType() == Multi.class;
                    try {
                        if (answer == null) {
                            throw missing;
                        }
                        Object result = answer.apply(arguments[0]);
                        return result instanceof Uni<?> || result instanceof Multi<?>
                                ? result
                                : Uni.createFrom().item(result);
                    } catch (Fault fault) {
                        return stream
                                ? Multi.createFrom().failure(fault)
                                : Uni.createFrom().failure(fault);
                    }
                }));
    }

    /** A reply, a Uni, a Multi, or a thrown fault for one method of a port. */
    void when(Class<?> port, String method, Function<Object, Object> answer) {
        answers.put(key(port, method), answer);
    }

    /** The newest command of a type; waits for the first. */
    <C> C last(Class<C> type) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < deadline) {
            var newest =
                    commands.stream().filter(type::isInstance).map(type::cast).reduce((_, second) -> second);
            if (newest.isPresent()) {
                return newest.get();
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new AssertionError("no " + type.getSimpleName() + " among " + commands);
    }

    private static String key(Class<?> port, String method) {
        return port.getSimpleName() + "." + method;
    }
}
