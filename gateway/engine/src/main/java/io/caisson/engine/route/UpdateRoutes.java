package io.caisson.engine.route;

import io.caisson.container.api.Containers;
import io.caisson.container.api.UpdateContainer;
import io.caisson.container.api.UpdatedContainer;
import io.caisson.engine.Services;
import io.caisson.engine.api.container.UpdateBody;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes to containers that there are. */
public final class UpdateRoutes {
    private final Containers containers;

    public UpdateRoutes(Services services) {
        this.containers = services.containers();
    }

    public void addTo(RouteTable table) {
        table.post("/containers/{id}/update", this::update);
    }

    private Uni<Answer> update(Exchange exchange) {
        return exchange.json()
                .map(UpdateBody::parse)
                .chain(changes -> containers.update(new UpdateContainer(exchange.path("id"), changes)))
                .map(UpdateRoutes::answer);
    }

    /** Null when there are none, as Docker says it. */
    private static Answer answer(UpdatedContainer updated) {
        Map<String, @Nullable List<String>> body = new HashMap<>();
        body.put("Warnings", updated.warnings().isEmpty() ? null : updated.warnings());
        return Answer.json(body);
    }
}
