package io.caisson.engine.route;

import io.caisson.container.api.Containers;
import io.caisson.engine.EngineSettings;
import io.caisson.engine.Services;
import io.caisson.engine.api.Filters;
import io.caisson.engine.api.JsonBody;
import io.caisson.engine.api.network.VolumeBody;
import io.caisson.engine.api.network.VolumeView;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.CreateVolume;
import io.caisson.layerstore.api.ListVolumes;
import io.caisson.layerstore.api.VolumeRef;
import io.caisson.layerstore.api.Volumes;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Volumes of the {@code local} driver. */
public final class VolumeRoutes {
    private static final Set<String> FILTERS = Set.of("dangling", "driver", "label", "name");

    private final Volumes volumes;
    private final Containers containers;
    private final EngineSettings settings;

    public VolumeRoutes(Services services, EngineSettings settings) {
        this.volumes = services.volumes();
        this.containers = services.containers();
        this.settings = settings;
    }

    public void addTo(RouteTable table) {
        table.get("/volumes", this::list);
        table.post("/volumes/create", this::create);
        table.get("/volumes/{name}", this::inspect);
        table.delete("/volumes/{name}", this::remove);
    }

    private Uni<Answer> list(Exchange exchange) {
        Map<String, List<String>> filters = exchange.filters();
        Filters.check(filters, FILTERS);
        return Uni.combine()
                .all()
                .unis(volumes.list(new ListVolumes(settings.node())), VolumeUsers.of(containers))
                .with((list, users) -> {
                    var selection = new VolumeSelection(filters, users.keySet());
                    Map<String, Object> view = new LinkedHashMap<>();
                    view.put(
                            "Volumes",
                            list.volumes().stream()
                                    .filter(selection)
                                    .map(VolumeView::of)
                                    .toList());
                    view.put("Warnings", List.of());
                    return Answer.json(view);
                });
    }

    private Uni<Answer> create(Exchange exchange) {
        return exchange.json()
                .map(body -> body.length == 0
                        ? new VolumeBody(null, null, null, null)
                        : JsonBody.read(body, VolumeBody.class))
                .map(this::command)
                .chain(volumes::create)
                .map(volume -> Answer.json(201, VolumeView.of(volume)));
    }

    private CreateVolume command(VolumeBody body) {
        String driver = body.driver() == null || body.driver().isEmpty() ? "local" : body.driver();
        if (!driver.equals("local")) {
            throw Fault.notFound("create " + Objects.requireNonNullElse(body.name(), "")
                    + ": error looking up volume plugin " + driver + ": plugin \"" + driver + "\" not found");
        }
        return new CreateVolume(
                settings.node(),
                Objects.requireNonNullElse(body.name(), ""),
                driver,
                Objects.requireNonNullElse(body.driverOpts(), Map.of()),
                Objects.requireNonNullElse(body.labels(), Map.of()));
    }

    private Uni<Answer> inspect(Exchange exchange) {
        return volumes.inspect(reference(exchange)).map(volume -> Answer.json(VolumeView.of(volume)));
    }

    private Uni<Answer> remove(Exchange exchange) {
        String name = exchange.path("name");
        return volumes.inspect(reference(exchange))
                .chain(_ -> VolumeUsers.of(containers))
                .invoke(users -> refuseUsed(name, users.getOrDefault(name, Set.of())))
                .chain(() -> volumes.remove(reference(exchange)))
                .map(_ -> Answer.empty(204))
                .onFailure(error -> exchange.flag("force") && Fault.of(error).kind() == Fault.Kind.NOT_FOUND)
                .recoverWithItem(Answer.empty(204));
    }

    private static void refuseUsed(String name, Set<String> users) {
        if (!users.isEmpty()) {
            throw Fault.conflict("remove " + name + ": volume is in use - [" + String.join(", ", users) + "]");
        }
    }

    private VolumeRef reference(Exchange exchange) {
        return new VolumeRef(settings.node(), exchange.path("name"));
    }
}
