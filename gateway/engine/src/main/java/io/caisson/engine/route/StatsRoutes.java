package io.caisson.engine.route;

import io.caisson.container.api.Containers;
import io.caisson.container.api.ReadContainerStats;
import io.caisson.engine.Services;
import io.caisson.engine.api.EngineJson;
import io.caisson.engine.api.container.StatsView;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;

/** What containers use: one document, or one a second. */
public final class StatsRoutes {
    private static final int ONE_SHOT = 41;

    private final Containers containers;

    public StatsRoutes(Services services) {
        this.containers = services.containers();
    }

    public void addTo(RouteTable table) {
        table.get("/containers/{id}/stats", this::stats);
    }

    private Uni<Answer> stats(Exchange exchange) {
        boolean follow = exchange.optional("stream") == null || exchange.flag("stream");
        boolean single = exchange.version().atLeast(ONE_SHOT) && exchange.flag("one-shot");
        if (follow && single) {
            throw Fault.invalid("cannot have stream=true and one-shot=true");
        }
        var pieces = containers
                .stats(new ReadContainerStats(exchange.path("id"), follow, !single))
                .map(stats -> line(StatsView.of(stats, exchange.version())));
        return Uni.createFrom().item(new Answer.Pieces("application/json", pieces, null));
    }

    private static byte[] line(StatsView view) {
        byte[] json = EngineJson.bytes(view);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}
