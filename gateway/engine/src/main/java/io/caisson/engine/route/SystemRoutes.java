package io.caisson.engine.route;

import io.caisson.container.api.ContainerState.Status;
import io.caisson.container.api.ListContainers;
import io.caisson.engine.EngineSettings;
import io.caisson.engine.Services;
import io.caisson.engine.api.system.InfoFacts;
import io.caisson.engine.api.system.InfoView;
import io.caisson.engine.api.system.VersionView;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.executor.api.DescribeHost;
import io.caisson.executor.api.HostInfo;
import io.caisson.image.api.ListImages;
import io.caisson.oci.Platform;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Who answers here: ping, version, info. */
public final class SystemRoutes {
    private static final Map<String, String> PING = Map.of(
            "Builder-Version", "1",
            "Cache-Control", "no-cache, no-store, must-revalidate",
            "Pragma", "no-cache",
            "Swarm", "inactive");

    private final Services services;
    private final EngineSettings settings;
    private final EventRoutes events;

    public SystemRoutes(Services services, EngineSettings settings, EventRoutes events) {
        this.services = services;
        this.settings = settings;
        this.events = events;
    }

    public void addTo(RouteTable table) {
        table.fixed(HttpMethod.GET, "/_ping", Answer.text("OK", PING));
        table.fixed(HttpMethod.HEAD, "/_ping", Answer.text("", PING));
        table.get("/version", _ -> version());
        table.get("/info", this::info);
    }

    private Uni<Answer> version() {
        return host().map(host -> Answer.json(VersionView.of(
                host, Platform.parse("linux/" + host.architecture()).architecture())));
    }

    private Uni<HostInfo> host() {
        return services.executor().info(new DescribeHost(settings.node()));
    }

    private Uni<Answer> info(Exchange exchange) {
        return Uni.combine()
                .all()
                .unis(host(), states(), imageCount())
                .with((host, states, images) ->
                        Answer.json(InfoView.of(facts(host, states, images), exchange.version(), Instant.now())));
    }

    private InfoFacts facts(HostInfo host, Map<Status, Long> states, int images) {
        return new InfoFacts(
                settings.idOn(host.hostname()),
                host,
                states,
                images,
                settings.dataRoot(),
                settings.labels(),
                settings.mirrors(),
                settings.insecureRegistries(),
                events.listeners());
    }

    private Uni<Map<Status, Long>> states() {
        return services.containers().list(new ListContainers(true, 0, Map.of())).map(list -> {
            Map<Status, Long> counts = new EnumMap<>(Status.class);
            list.containers().forEach(c -> counts.merge(c.state().status(), 1L, Long::sum));
            return counts;
        });
    }

    private Uni<Integer> imageCount() {
        return services.images()
                .list(new ListImages(false, Map.<String, List<String>>of()))
                .map(list -> list.images().size());
    }
}
