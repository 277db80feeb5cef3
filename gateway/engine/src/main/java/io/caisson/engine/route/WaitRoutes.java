package io.caisson.engine.route;

import io.caisson.container.api.Containers;
import io.caisson.container.api.WaitContainer;
import io.caisson.container.api.WaitContainer.Condition;
import io.caisson.container.api.WaitEvent;
import io.caisson.engine.Services;
import io.caisson.engine.api.EngineJson;
import io.caisson.engine.api.container.WaitResult;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;

/**
 * Waiting for a container's end. The head is sent once nothing can be missed: clients start a container only when they have
 * seen it.
 */
public final class WaitRoutes {
    private final Containers containers;

    public WaitRoutes(Services services) {
        this.containers = services.containers();
    }

    public void addTo(RouteTable table) {
        table.post("/containers/{id}/wait", this::await);
    }

    private Uni<Answer> await(Exchange exchange) {
        var query = new WaitContainer(exchange.path("id"), condition(exchange.query("condition")));
        var pieces = containers.waitFor(query).map(WaitRoutes::piece);
        return Uni.createFrom().item(new Answer.Pieces("application/json", pieces, WaitRoutes::trouble));
    }

    private static Condition condition(String text) {
        return switch (text) {
            case "", "not-running" -> Condition.NOT_RUNNING;
            case "next-exit" -> Condition.NEXT_EXIT;
            case "removed" -> Condition.REMOVED;
            default -> throw Fault.invalid("invalid condition: \"" + text + "\"");
        };
    }

    private static byte[] piece(WaitEvent event) {
        return switch (event) {
            case WaitEvent.Registered() -> new byte[0];
            case WaitEvent.Ended ended -> EngineJson.bytes(WaitResult.of(ended));
        };
    }

    /** The status code is gone by then: the result has a place for an error. */
    private static byte[] trouble(Fault fault) {
        return EngineJson.bytes(WaitResult.of(new WaitEvent.Ended(-1, fault.message())));
    }
}
