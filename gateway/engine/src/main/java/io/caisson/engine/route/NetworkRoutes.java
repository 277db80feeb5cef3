package io.caisson.engine.route;

import io.caisson.container.api.Containers;
import io.caisson.engine.Services;
import io.caisson.engine.api.network.ConnectBody;
import io.caisson.engine.api.network.NetworkBody;
import io.caisson.engine.api.network.NetworkView;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.network.api.FindNetwork;
import io.caisson.network.api.ListNetworks;
import io.caisson.network.api.Networks;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** Networks. */
public final class NetworkRoutes {
    private final Networks networks;
    private final Containers containers;

    public NetworkRoutes(Services services) {
        this.networks = services.networks();
        this.containers = services.containers();
    }

    public void addTo(RouteTable table) {
        table.get("/networks", this::list);
        table.get("/networks/", this::list);
        table.post("/networks/create", this::create);
        table.post("/networks/{id}/connect", this::connect);
        table.post("/networks/{id}/disconnect", this::disconnect);
        table.get("/networks/{id}", this::inspect);
        table.delete("/networks/{id}", this::remove);
    }

    private Uni<Answer> list(Exchange exchange) {
        return networks.list(new ListNetworks(exchange.filters()))
                .map(list -> Answer.json(list.networks().stream()
                        .map(network -> NetworkView.listed(network, exchange.version()))
                        .toList()));
    }

    private Uni<Answer> inspect(Exchange exchange) {
        return networks.inspect(new FindNetwork(exchange.path("id")))
                .map(network -> Answer.json(NetworkView.inspected(network, exchange.version())));
    }

    private Uni<Answer> create(Exchange exchange) {
        return exchange.json()
                .map(NetworkBody::parse)
                .chain(networks::create)
                .map(network -> Answer.json(201, Map.of("Id", network.id().value(), "Warning", "")));
    }

    private Uni<Answer> remove(Exchange exchange) {
        return networks.remove(new FindNetwork(exchange.path("id"))).map(_ -> Answer.empty(204));
    }

    private Uni<Answer> connect(Exchange exchange) {
        return exchange.json()
                .map(body -> ConnectBody.connect(exchange.path("id"), body))
                .chain(containers::connect)
                .map(_ -> Answer.empty(200));
    }

    private Uni<Answer> disconnect(Exchange exchange) {
        return exchange.json()
                .map(body -> ConnectBody.disconnect(exchange.path("id"), body))
                .chain(containers::disconnect)
                .map(_ -> Answer.empty(200));
    }
}
