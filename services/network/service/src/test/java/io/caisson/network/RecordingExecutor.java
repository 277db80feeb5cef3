package io.caisson.network;

import io.caisson.executor.api.EnsureBridges;
import io.caisson.executor.api.Executor;
import io.caisson.executor.api.ReconnectTask;
import io.caisson.executor.api.RemoveBridge;
import io.caisson.executor.api.ReservePorts;
import io.caisson.executor.api.ReservedPorts;
import io.caisson.executor.api.SetNames;
import io.caisson.executor.api.TaskRef;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.network.api.NameTable;
import io.caisson.network.api.NetworkPlan;
import io.caisson.network.api.PublishedPort;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A node without a kernel: it keeps track of host ports and bridges, and knows nothing else. */
final class RecordingExecutor {
    final Map<Integer, ContainerId> ports = new ConcurrentHashMap<>();
    final Map<String, Boolean> bridges = new ConcurrentHashMap<>();
    final Map<String, NameTable> names = new ConcurrentHashMap<>();
    final Map<ContainerId, NetworkPlan> plans = new ConcurrentHashMap<>();

    Executor port() {
        return (Executor) Proxy.newProxyInstance(
                Executor.class.getClassLoader(), new Class<?>[] {Executor.class}, (_, method, arguments) -> {
                    Object command = arguments == null ? null : arguments[0];
                    return switch (command) {
                        case ReservePorts reserve -> reserve(reserve);
                        case TaskRef task when method.getName().equals("releasePorts") -> release(task);
                        case EnsureBridges ensure -> ensure(ensure);
                        case RemoveBridge remove -> remove(remove);
                        case SetNames set -> setNames(set);
                        case ReconnectTask reconnect -> reconnect(reconnect);
                        case null, default -> Uni.createFrom().failure(Fault.unsupported(method.getName()));
                    };
                });
    }

    private Uni<ReservedPorts> reserve(ReservePorts command) {
        return Uni.createFrom()
                .item(() -> new ReservedPorts(command.requests().stream()
                        .map(request -> {
                            int port = request.hostPortFirst() == 0 ? 40000 + ports.size() : request.hostPortFirst();
                            if (ports.putIfAbsent(port, command.container()) != null) {
                                throw new Fault(
                                        Fault.Kind.INTERNAL,
                                        "Bind for 0.0.0.0:" + port + " failed: port is already allocated");
                            }
                            return new PublishedPort(request.protocol(), request.containerPort(), "0.0.0.0", port);
                        })
                        .toList()));
    }

    private Uni<Done> release(TaskRef task) {
        ports.values().removeIf(task.container()::equals);
        return Uni.createFrom().item(Done.DONE);
    }

    private Uni<Done> ensure(EnsureBridges command) {
        command.bridges().forEach(bridge -> bridges.put(bridge.name(), true));
        return Uni.createFrom().item(Done.DONE);
    }

    private Uni<Done> remove(RemoveBridge command) {
        bridges.remove(command.name());
        return Uni.createFrom().item(Done.DONE);
    }

    private Uni<Done> setNames(SetNames command) {
        command.tables()
                .forEach(table -> names.merge(
                        table.network(), table, (old, fresh) -> old.version() > fresh.version() ? old : fresh));
        command.removed().forEach(names::remove);
        return Uni.createFrom().item(Done.DONE);
    }

    /** Every container runs; an interface called "broken" cannot be made. */
    private Uni<Done> reconnect(ReconnectTask command) {
        if (command.network().interfaces().stream()
                .anyMatch(link -> link.containerName().equals("broken"))) {
            return Uni.createFrom().failure(Fault.internal("no such namespace", null));
        }
        plans.put(command.network().container(), command.network());
        return Uni.createFrom().item(Done.DONE);
    }
}
