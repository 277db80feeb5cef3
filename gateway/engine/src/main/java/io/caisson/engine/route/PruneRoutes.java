package io.caisson.engine.route;

import io.caisson.container.api.PruneContainers;
import io.caisson.engine.EngineSettings;
import io.caisson.engine.Services;
import io.caisson.engine.api.Filters;
import io.caisson.engine.api.Parameters;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.kernel.Fault;
import io.caisson.kernel.LabelFilter;
import io.caisson.layerstore.api.ListVolumes;
import io.caisson.layerstore.api.PruneVolumes;
import io.caisson.layerstore.api.VolumeInfo;
import io.caisson.network.api.PruneNetworks;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Removing what nobody uses. */
public final class PruneRoutes {
    private static final int ANONYMOUS_VOLUMES_ONLY = 42;
    private static final Set<String> OF_VOLUMES = Set.of("label", "label!", "all");
    private static final Set<String> OF_CACHE = Set.of(
            "until", "id", "parent", "type", "description", "inuse", "shared", "private", "unused-for", "dangling");

    private final Services services;
    private final EngineSettings settings;

    public PruneRoutes(Services services, EngineSettings settings) {
        this.services = services;
        this.settings = settings;
    }

    public void addTo(RouteTable table) {
        table.post("/containers/prune", this::containers);
        table.post("/volumes/prune", this::volumes);
        table.post("/networks/prune", this::networks);
        table.post("/build/prune", this::cache);
    }

    private Uni<Answer> containers(Exchange exchange) {
        var chosen = Chosen.of(exchange.filters());
        return services.containers()
                .prune(new PruneContainers(settings.node(), chosen.filters(), chosen.until()))
                .map(pruned -> report("ContainersDeleted", pruned.ids(), pruned.bytes()));
    }

    private Uni<Answer> volumes(Exchange exchange) {
        Map<String, List<String>> filters = exchange.filters();
        Filters.check(filters, OF_VOLUMES);
        boolean all = !exchange.version().atLeast(ANONYMOUS_VOLUMES_ONLY) || isAll(filters);
        var labels = LabelFilter.of(filters);
        return Uni.combine()
                .all()
                .unis(services.volumes().list(new ListVolumes(settings.node())), VolumeUsers.of(services.containers()))
                .with((list, users) -> list.volumes().stream()
                        .filter(volume -> !users.containsKey(volume.name()))
                        .filter(volume -> all || volume.anonymous())
                        .filter(volume -> labels.test(volume.labels()))
                        .map(VolumeInfo::name)
                        .toList())
                .chain(names -> services.volumes().prune(new PruneVolumes(settings.node(), names)))
                .map(pruned -> report("VolumesDeleted", pruned.names(), pruned.bytes()));
    }

    private static boolean isAll(Map<String, List<String>> filters) {
        List<String> values = filters.getOrDefault("all", List.of());
        if (values.size() > 1) {
            throw Fault.invalid("invalid filter 'all': only one value is expected");
        }
        return switch (values.isEmpty() ? "false" : values.getFirst()) {
            case "1", "true" -> true;
            case "0", "false" -> false;
            case String other -> throw Fault.invalid("invalid filter 'all=" + other + "'");
        };
    }

    private Uni<Answer> networks(Exchange exchange) {
        var chosen = Chosen.of(exchange.filters());
        return services.networks()
                .prune(new PruneNetworks(chosen.filters(), chosen.until()))
                .map(pruned -> {
                    Map<String, Object> view = new LinkedHashMap<>();
                    view.put("NetworksDeleted", pruned.names().isEmpty() ? null : pruned.names());
                    return Answer.json(view);
                });
    }

    /** Nothing is kept of builds, so there is never anything to remove. */
    private Uni<Answer> cache(Exchange exchange) {
        Filters.check(exchange.filters(), OF_CACHE);
        return Uni.createFrom().item(report("CachesDeleted", List.of(), 0));
    }

    /** Docker's lists are null when there is nothing in them. */
    private static Answer report(String name, List<String> removed, long bytes) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put(name, removed.isEmpty() ? null : removed);
        view.put("SpaceReclaimed", bytes);
        return Answer.json(view);
    }

    /** What the ports decide, and the time that is computed here. */
    private record Chosen(
            Map<String, List<String>> filters, @Nullable Instant until) {
        static Chosen of(Map<String, List<String>> asked) {
            Map<String, List<String>> filters = new HashMap<>(asked);
            List<String> until = Objects.requireNonNullElse(filters.remove("until"), List.of());
            if (until.size() > 1) {
                throw Fault.invalid("more than one until filter specified");
            }
            Long nanos = until.isEmpty() ? null : Parameters.time(until.getFirst(), Instant.now());
            return new Chosen(filters, nanos == null ? null : Instant.ofEpochSecond(0, nanos));
        }
    }
}
