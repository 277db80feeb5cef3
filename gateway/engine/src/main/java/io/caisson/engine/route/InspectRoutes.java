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
import io.caisson.image.api.FindImage;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.SnapshotRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What containers there are and what they are like. */
public final class InspectRoutes {
    private static final int SIZES_AT_ONCE = 4;

    private final Services services;

    public InspectRoutes(Services services) {
        this.services = services;
    }

    public void addTo(RouteTable table) {
        table.get("/containers/json", this::list);
        table.get("/containers/{id}/json", this::inspect);
    }

    private Uni<Answer> list(Exchange exchange) {
        int limit = Math.max(0, Objects.requireNonNullElse(exchange.number("limit"), 0));
        boolean sized = exchange.flag("size");
        return services.containers()
                .list(new ListContainers(exchange.flag("all"), limit, exchange.filters()))
                .onItem()
                .transformToMulti(list -> Multi.createFrom().iterable(list.containers()))
                .onItem()
                .transformToUni(container -> sized(container, sized)
                        .map(it -> ContainerSummary.of(container, it.sizes(), exchange.version(), Instant.now())))
                .merge(sized ? SIZES_AT_ONCE : 1)
                .collect()
                .asList()
                .map(Answer::json);
    }

    private Uni<Answer> inspect(Exchange exchange) {
        return services.containers()
                .inspect(new FindContainer(exchange.path("id")))
                .chain(container -> sized(container, exchange.flag("size")))
                .map(it -> Answer.json(ContainerInspect.of(it.container(), it.sizes(), exchange.version())));
    }

    private record Sized(
            ContainerDetail container, @Nullable Sizes sizes) {}

    private Uni<Sized> sized(ContainerDetail container, boolean wanted) {
        if (!wanted) {
            return Uni.createFrom().item(new Sized(container, null));
        }
        var writable = services.layers()
                .usage(new SnapshotRef(
                        container.node(), new SnapshotId(container.id().value())));
        // An image may have been removed by force below its containers: what is left is their own layer.
        var image = services.images()
                .inspect(FindImage.of(container.imageId()))
                .map(detail -> detail.size())
                .onFailure()
                .recoverWithItem(0L);
        return Uni.combine()
                .all()
                .unis(writable, image)
                .with((usage, below) -> new Sized(container, new Sizes(usage.writable(), usage.writable() + below)));
    }
}
