package io.caisson.engine.route;

import io.caisson.engine.http.Answer;
import io.caisson.engine.http.RouteTable;
import io.caisson.kernel.Fault;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** The answers of a Docker that is not in a swarm. */
public final class SwarmRoutes {
    private static final Answer NOT_A_MANAGER = Answer.fault(new Fault(
            Fault.Kind.UNAVAILABLE,
            "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node"
                    + " to swarm and try again."));
    private static final Answer NOT_A_MEMBER =
            Answer.fault(new Fault(Fault.Kind.UNAVAILABLE, "This node is not part of a swarm"));
    private static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE);

    private SwarmRoutes() {}

    public static void addTo(RouteTable table) {
        table.fixed(HttpMethod.POST, "/swarm/init", Answer.fault(Fault.unsupported("swarm mode is not implemented")));
        table.fixed(HttpMethod.POST, "/swarm/join", Answer.fault(Fault.unsupported("swarm mode is not implemented")));
        table.fixed(HttpMethod.POST, "/swarm/leave", NOT_A_MEMBER);
        table.fixed(HttpMethod.POST, "/swarm/unlock", NOT_A_MEMBER);
        for (HttpMethod method : METHODS) {
            for (String family : List.of("swarm", "nodes", "services", "tasks", "secrets", "configs")) {
                table.fixed(method, "/" + family, NOT_A_MANAGER);
                table.fixed(method, "/" + family + "/{rest...}", NOT_A_MANAGER);
            }
        }
    }
}
