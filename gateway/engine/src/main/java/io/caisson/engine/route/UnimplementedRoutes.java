package io.caisson.engine.route;

import io.caisson.engine.http.Answer;
import io.caisson.engine.http.RouteTable;
import io.caisson.kernel.Fault;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** Paths of the Engine API that nobody serves yet: known, and said to be so. */
public final class UnimplementedRoutes {
    private static final List<String> ROUTES = List.of(
            "GET /containers/{id}/checkpoints: checkpoints",
            "POST /containers/{id}/checkpoints: checkpoints",
            "DELETE /containers/{id}/checkpoints/{name}: checkpoints",
            "POST /build: build",
            "POST /build/cancel: build",
            "POST /grpc: BuildKit",
            "POST /session: BuildKit",
            "GET /images/{name...}/attestations: image attestations",
            "GET /images/search: search",
            "GET /distribution/{name...}/json: looking into a registry",
            "PUT /volumes/{name}: updating volumes",
            "GET /plugins/privileges: plugins",
            "POST /plugins/pull: plugins",
            "POST /plugins/create: plugins",
            "DELETE /plugins/{name...}: plugins",
            "POST /plugins/{name...}/enable: plugins",
            "POST /plugins/{name...}/disable: plugins",
            "POST /plugins/{name...}/upgrade: plugins",
            "POST /plugins/{name...}/push: plugins",
            "POST /plugins/{name...}/set: plugins");

    private UnimplementedRoutes() {}

    public static void addTo(RouteTable table) {
        table.fixed(HttpMethod.GET, "/plugins", Answer.json(List.of()));
        for (String route : ROUTES) {
            int space = route.indexOf(' ');
            int colon = route.indexOf(": ");
            var fault = Fault.unsupported(route.substring(colon + 2) + " is not implemented");
            table.fixed(
                    HttpMethod.valueOf(route.substring(0, space)),
                    route.substring(space + 1, colon),
                    Answer.fault(fault));
        }
    }
}
