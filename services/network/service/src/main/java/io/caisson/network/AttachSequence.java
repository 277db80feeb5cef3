package io.caisson.network;

import io.caisson.kernel.Compensations;
import io.caisson.kernel.ContainerId;
import io.caisson.metadata.Transactions;
import io.caisson.network.EndpointAllocation.Allocated;
import io.caisson.network.api.AttachContainer;
import io.caisson.network.api.Attachment;
import io.caisson.network.api.DetachContainer;
import io.caisson.network.api.NetworkPlan;
import io.caisson.network.api.NetworkPlan.Sandbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Attaches a container that is about to start: endpoints, then names and host ports, then the plan. */
@ApplicationScoped
class AttachSequence {
    private static final String JOIN = "container:";

    private final Transactions transactions;
    private final EndpointAllocation allocation;
    private final DetachSequence detach;
    private final PortReservation ports;
    private final NamePush names;
    private final NetworkPlanner planner;

    AttachSequence(
            Transactions transactions,
            EndpointAllocation allocation,
            DetachSequence detach,
            PortReservation ports,
            NamePush names,
            NetworkSettings settings) {
        this.transactions = transactions;
        this.allocation = allocation;
        this.detach = detach;
        this.ports = ports;
        this.names = names;
        this.planner = new NetworkPlanner(settings.instance());
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
                .call(allocated -> names.push(NamePush.idsOf(allocated)))
                .chain(allocated -> ports.reserve(command, allocated)
                        .map(bound -> planner.attachment(command.container(), allocated, bound))));
    }

    private Uni<List<Allocated>> allocate(AttachContainer command) {
        return transactions.inTransaction(session -> allocation.allocate(session, command, networksOf(command)));
    }

    /** The network of the mode first: its interface is the first one. */
    private static Set<String> networksOf(AttachContainer command) {
        String mode = NetworkNames.canonical(command.mode());
        Set<String> names = new LinkedHashSet<>();
        if (isAlone(mode) || command.requests().isEmpty() || isAmong(mode, command)) {
            names.add(mode);
        }
        if (!isAlone(mode)) {
            command.requests().keySet().stream()
                    .map(NetworkNames::canonical)
                    .sorted()
                    .forEach(names::add);
        }
        return names;
    }

    private static boolean isAmong(String mode, AttachContainer command) {
        return command.requests().keySet().stream().map(NetworkNames::canonical).anyMatch(mode::equals);
    }

    private static boolean isAlone(String mode) {
        return mode.equals(PredefinedNetworks.HOST) || mode.equals(PredefinedNetworks.NONE);
    }
}
