package io.caisson.engine.route;

import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Reading plugins, of which there are none; {@code docker inspect} asks for one by every name it does not find. */
public final class PluginRoutes {
    private PluginRoutes() {}

    public static void addTo(RouteTable table) {
        table.get("/plugins", _ -> Uni.createFrom().item(Answer.json(List.of())));
        table.get("/plugins/{name...}/json", PluginRoutes::missing);
    }

    private static Uni<Answer> missing(Exchange exchange) {
        return Uni.createFrom().failure(Fault.notFound("plugin \"" + exchange.path("name") + "\" not found"));
    }
}
