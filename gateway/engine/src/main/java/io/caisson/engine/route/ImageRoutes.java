package io.caisson.engine.route;

import io.caisson.container.api.ContainerDetail;
import io.caisson.container.api.ListContainers;
import io.caisson.engine.Services;
import io.caisson.engine.api.image.HistoryLine;
import io.caisson.engine.api.image.ImageInspect;
import io.caisson.engine.api.image.ImagePruneReport;
import io.caisson.engine.api.image.ImageSummary;
import io.caisson.engine.api.image.PlatformParameter;
import io.caisson.engine.api.image.RemovalLine;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.image.api.FindImage;
import io.caisson.image.api.ListImages;
import io.caisson.image.api.PruneImages;
import io.caisson.image.api.RemoveImage;
import io.caisson.image.api.TagImage;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Images and their names. */
public final class ImageRoutes {
    private final Services services;

    public ImageRoutes(Services services) {
        this.services = services;
    }

    public void addTo(RouteTable table) {
        table.get("/images/json", this::list);
        table.get("/images/{name...}/json", this::inspect);
        table.get("/images/{name...}/history", this::history);
        table.post("/images/{name...}/tag", this::tag);
        table.post("/images/prune", this::prune);
        table.delete("/images/{name...}", this::remove);
    }

    private Uni<Answer> list(Exchange exchange) {
        return Uni.combine()
                .all()
                .unis(services.images().list(new ListImages(exchange.flag("all"), filters(exchange))), containers())
                .with((images, containers) -> {
                    Map<String, Long> uses = containers.stream()
                            .collect(Collectors.groupingBy(ContainerDetail::imageId, Collectors.counting()));
                    return Answer.json(images.images().stream()
                            .map(image -> ImageSummary.of(
                                    image, uses.getOrDefault(image.id().toString(), 0L), exchange.version()))
                            .toList());
                });
    }

    /** Before filters there was a parameter for names. */
    private static Map<String, List<String>> filters(Exchange exchange) {
        String name = exchange.optional("filter");
        if (name == null) {
            return exchange.filters();
        }
        Map<String, List<String>> filters = new LinkedHashMap<>(exchange.filters());
        filters.computeIfAbsent("reference", _ -> new ArrayList<>()).add(name);
        return filters;
    }

    private Uni<List<ContainerDetail>> containers() {
        return services.containers().list(new ListContainers(true, 0, Map.of())).map(list -> list.containers());
    }

    private Uni<Answer> inspect(Exchange exchange) {
        return services.images()
                .inspect(find(exchange))
                .map(image -> Answer.json(ImageInspect.of(image, exchange.version())));
    }

    private Uni<Answer> history(Exchange exchange) {
        return services.images().history(find(exchange)).map(history -> Answer.json(HistoryLine.all(history)));
    }

    private static FindImage find(Exchange exchange) {
        return new FindImage(exchange.path("name"), PlatformParameter.parse(exchange.optional("platform")));
    }

    private Uni<Answer> tag(Exchange exchange) {
        var target = PullRoutes.reference(exchange.query("repo"), exchange.query("tag"));
        return services.images()
                .tag(new TagImage(exchange.path("name"), target))
                .map(_ -> Answer.empty(201));
    }

    private Uni<Answer> remove(Exchange exchange) {
        return containers()
                .map(containers -> command(exchange, containers))
                .chain(services.images()::remove)
                .map(removal -> Answer.json(RemovalLine.all(removal)));
    }

    private Uni<Answer> prune(Exchange exchange) {
        return containers()
                .map(containers -> containers.stream()
                        .map(ContainerDetail::imageId)
                        .distinct()
                        .toList())
                .chain(inUse -> services.images().prune(new PruneImages(exchange.filters(), inUse)))
                .map(pruned -> Answer.json(ImagePruneReport.of(pruned)));
    }

    private static RemoveImage command(Exchange exchange, List<ContainerDetail> containers) {
        Map<Boolean, List<RemoveImage.Use>> uses = new HashMap<>();
        for (ContainerDetail container : containers) {
            uses.computeIfAbsent(container.state().running(), _ -> new ArrayList<>())
                    .add(new RemoveImage.Use(container.imageId(), container.id().value()));
        }
        return new RemoveImage(
                exchange.path("name"),
                exchange.flag("force"),
                exchange.flag("noprune"),
                uses.getOrDefault(true, List.of()),
                uses.getOrDefault(false, List.of()));
    }
}
