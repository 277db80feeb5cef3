package io.caisson.container;

import io.caisson.container.api.ConnectNetwork;
import io.caisson.container.api.DisconnectNetwork;
import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.Change;
import io.caisson.container.store.ContainerStore;
import io.caisson.kernel.Compensations;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.network.api.Attachment;
import io.caisson.network.api.ConnectContainer;
import io.caisson.network.api.DisconnectContainer;
import io.caisson.network.api.EndpointRequest;
import io.caisson.network.api.FindNetwork;
import io.caisson.network.api.NetworkDetail;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * {@code docker network connect} and {@code disconnect}: what was asked for is kept with the container for its next starts;
 * one that runs is connected first.
 */
@ApplicationScoped
class NetworkSequence {
    private final ContainerStore store;
    private final Turns turns;
    private final Peers peers;

    NetworkSequence(ContainerStore store, Turns turns, Peers peers) {
        this.store = store;
        this.turns = turns;
        this.peers = peers;
    }

    Uni<Done> connect(ConnectNetwork command) {
        return inTurn(command.container(), command.network(), (container, network) -> {
            AskedNetworks.refuseConnect(container, network);
            UnaryOperator<Map<String, EndpointRequest>> ask =
                    asked -> AskedNetworks.with(asked, network, command.request());
            return container.lifecycle() instanceof Lifecycle.Live
                    ? connectLive(container, network, command.request(), ask)
                    : write(container, same -> same, ask);
        });
    }

    private Uni<Done> connectLive(
            Container container,
            NetworkDetail network,
            EndpointRequest request,
            UnaryOperator<Map<String, EndpointRequest>> ask) {
        String id = network.id().value();
        var undo = new Compensations();
        return undo.guard(peers.networks()
                .connect(new ConnectContainer(StartPlan.attach(container), id, request, container.ports()))
                .invoke(after -> undo.push(() -> peers.networks()
                        .disconnect(new DisconnectContainer(StartPlan.attach(container), id, after.ports()))))
                .chain(after -> write(container, connected(after), ask)));
    }

    Uni<Done> disconnect(DisconnectNetwork command) {
        return inTurn(command.container(), command.network(), (container, network) -> {
            AskedNetworks.refuseDisconnect(container, network);
            UnaryOperator<Map<String, EndpointRequest>> ask = asked -> AskedNetworks.without(asked, network);
            return container.lifecycle() instanceof Lifecycle.Live
                    ? peers.networks()
                            .disconnect(new DisconnectContainer(
                                    StartPlan.attach(container), network.id().value(), container.ports()))
                            .chain(after -> write(container, connected(after), ask))
                    : write(container, same -> same, ask);
        });
    }

    private static UnaryOperator<Container> connected(Attachment after) {
        return container -> container.lifecycle() instanceof Lifecycle.Live
                ? container.connected(after.endpoints(), after.ports())
                : container;
    }

    private Uni<Done> write(
            Container container,
            UnaryOperator<Container> connected,
            UnaryOperator<Map<String, EndpointRequest>> asked) {
        return store.change(
                        container.id(),
                        current -> Change.of(
                                connected.apply(current).asking(asked.apply(AskedNetworks.of(current.definition())))))
                .replaceWith(Done.DONE);
    }

    private interface Step {
        Uni<Done> on(Container container, NetworkDetail network);
    }

    private Uni<Done> inTurn(String nameOrId, String network, Step step) {
        return store.find(nameOrId)
                .chain(found -> turns.take(found.id(), () -> store.get(found.id())
                        .map(current -> current.orElseThrow(() -> Fault.notFound("No such container: " + nameOrId)))
                        .chain(current -> peers.networks()
                                .inspect(new FindNetwork(network))
                                .chain(detail -> step.on(current, detail)))));
    }
}
