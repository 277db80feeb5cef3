package io.caisson.engine.route;

import io.caisson.container.api.ContainerDetail;
import io.caisson.container.api.FindContainer;
import io.caisson.container.api.ListContainers;
import io.caisson.engine.Services;
import io.caisson.engine.api.container.ContainerInspect;
import io.caisson.engine.api.container.ContainerSummary;
import io.caisson.engine.api.container.Sizes;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What containers there are and what they are like. */
public final class InspectRoutes {
    private final Services services;
    private final ContainerSizes sizes;

    public InspectRoutes(Services services) {
        this.services = services;
        this.sizes = new ContainerSizes(services);
    }

    public void addTo(RouteTable table) {
        table.get("/containers/json", this::list);
        table.get("/containers/{id}/json", this::inspect);
    }

    private Uni<Answer> list(Exchange exchange) {
        int limit = Math.max(0, Objects.requireNonNullElse(exchange.number("limit"), 0));
        return services.containers()
                .list(new ListContainers(exchange.flag("all"), limit, exchange.filters()))
                .chain(list -> exchange.flag("size")
                        ? sizes.of(list.containers()).map(known -> view(list.containers(), known, exchange))
                        : Uni.createFrom().item(view(list.containers(), List.of(), exchange)));
    }

    private static Answer view(List<ContainerDetail> containers, List<Sizes> sizes, Exchange exchange) {
        Instant now = Instant.now();
        return Answer.json(IntStream.range(0, containers.size())
                .mapToObj(i -> ContainerSummary.of(
                        containers.get(i), i < sizes.size() ? sizes.get(i) : null, exchange.version(), now))
                .toList());
    }

    private Uni<Answer> inspect(Exchange exchange) {
        return services.containers()
                .inspect(new FindContainer(exchange.path("id")))
                .chain(container -> exchange.flag("size")
                        ? sizes.of(container).map(known -> view(container, known, exchange))
                        : Uni.createFrom().item(view(container, null, exchange)));
    }

    private static Answer view(ContainerDetail container, @Nullable Sizes sizes, Exchange exchange) {
        return Answer.json(ContainerInspect.of(container, sizes, exchange.version()));
    }
}
