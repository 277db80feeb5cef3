package io.caisson.network;

import io.caisson.bus.Ports;
import io.caisson.executor.api.Executor;
import io.caisson.executor.api.ReservePorts;
import io.caisson.executor.api.ReservedPorts;
import io.caisson.kernel.Compensations;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import io.caisson.metadata.Transactions;
import io.caisson.network.EndpointAllocation.Allocated;
import io.caisson.network.api.AttachContainer;
import io.caisson.network.api.Attachment;
import io.caisson.network.api.DetachContainer;
import io.caisson.network.api.NetworkPlan;
import io.caisson.network.api.NetworkPlan.InterfacePlan;
import io.caisson.network.api.NetworkPlan.PortPlan;
import io.caisson.network.api.NetworkPlan.Sandbox;
import io.caisson.network.api.PublishedPort;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Attaches a container that is about to start: endpoints, then host ports, then the plan. */
@ApplicationScoped
class AttachSequence {
    private static final String JOIN = "container:";

    private final Transactions transactions;
    private final EndpointAllocation allocation;
    private final DetachSequence detach;
    private final NetworkSettings settings;
    private final Executor executor;

    AttachSequence(
            Transactions transactions,
            EndpointAllocation allocation,
            DetachSequence detach,
            NetworkSettings settings,
            Ports ports) {
        this.transactions = transactions;
        this.allocation = allocation;
        this.detach = detach;
        this.settings = settings;
        this.executor = ports.client(Executor.class);
    }

    Uni<Attachment> attach(AttachContainer command) {
        if (command.mode().startsWith(JOIN)) {
            var sandbox = new Sandbox.Joined(new ContainerId(command.mode().substring(JOIN.length())));
            return Uni.createFrom()
                    .item(new Attachment(
                            new NetworkPlan(command.container(), sandbox, List.of(), List.of()), List.of(), List.of()));
        }
        var undo = new Compensations();
        return undo.guard(allocate(command)
                .invoke(_ -> undo.push(() -> detach.detach(new DetachContainer(command.container()))))
                .chain(allocated ->
                        reservePorts(command, allocated).map(ports -> attachment(command, allocated, ports.ports()))));
    }

    private Uni<List<Allocated>> allocate(AttachContainer command) {
        return transactions.inTransaction(session -> Multi.createFrom()
                .iterable(networksOf(command))
                .onItem()
                .transformToUniAndConcatenate(name -> allocation.allocate(session, command, name))
                .collect()
                .asList());
    }

    /** The network of the mode first: it is {@code eth0} and carries the default route. */
    private static Set<String> networksOf(AttachContainer command) {
        Set<String> names = new LinkedHashSet<>();
        names.add(canonical(command.mode()));
        if (!isSpecial(command.mode())) {
            command.requests().keySet().stream()
                    .map(AttachSequence::canonical)
                    .sorted()
                    .forEach(names::add);
        }
        return names;
    }

    private static String canonical(String mode) {
        return mode.isEmpty() || mode.equals("default") ? PredefinedNetworks.BRIDGE : mode;
    }

    private static boolean isSpecial(String mode) {
        return mode.equals(PredefinedNetworks.HOST) || mode.equals(PredefinedNetworks.NONE);
    }

    private Uni<ReservedPorts> reservePorts(AttachContainer command, List<Allocated> allocated) {
        boolean reachable = allocated.stream().anyMatch(a -> a.endpoint().address != null && !a.network().internal);
        if (command.publish().isEmpty() || !reachable) {
            return Uni.createFrom().item(new ReservedPorts(List.of()));
        }
        return executor.reservePorts(new ReservePorts(command.node(), command.container(), command.publish()))
                .onFailure(Fault.class)
                .transform(t -> portFault(command, allocated, t));
    }

    private static Fault portFault(AttachContainer command, List<Allocated> allocated, Fault fault) {
        String endpoint = allocated.getFirst().endpoint().id;
        return new Fault(
                fault.kind(),
                "failed to set up container networking: driver failed programming external connectivity on endpoint "
                        + command.name() + " (" + endpoint + "): " + fault.message(),
                fault);
    }

    private Attachment attachment(AttachContainer command, List<Allocated> allocated, List<PublishedPort> ports) {
        List<InterfacePlan> links = new ArrayList<>();
        List<PortPlan> portPlans = new ArrayList<>();
        for (Allocated one : allocated) {
            var link = NetworkMapping.link(
                    one.network(), one.endpoint(), settings.instance(), links.size(), links.isEmpty());
            if (link != null) {
                links.add(link);
            }
        }
        links.stream()
                .filter(link -> !link.bridge().internal())
                .findFirst()
                .ifPresent(link -> ports.forEach(port -> portPlans.add(portPlan(port, link))));
        Sandbox sandbox = command.mode().equals(PredefinedNetworks.HOST) ? new Sandbox.Host() : new Sandbox.Private();
        return new Attachment(
                new NetworkPlan(command.container(), sandbox, links, portPlans),
                allocated.stream()
                        .map(one -> NetworkMapping.endpoint(one.network(), one.endpoint()))
                        .toList(),
                ports);
    }

    private static PortPlan portPlan(PublishedPort port, InterfacePlan link) {
        String address = link.address().substring(0, link.address().indexOf('/'));
        return new PortPlan(
                port.protocol(), port.hostIp(), port.hostPort(), link.bridge().name(), address, port.containerPort());
    }
}
