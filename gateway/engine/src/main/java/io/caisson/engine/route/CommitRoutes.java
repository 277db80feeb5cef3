package io.caisson.engine.route;

import io.caisson.container.api.CommitContainer;
import io.caisson.container.api.ContainerConfig;
import io.caisson.engine.Services;
import io.caisson.engine.api.container.CreateBody;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.kernel.Fault;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Images made of containers. */
public final class CommitRoutes {
    private final Services services;

    public CommitRoutes(Services services) {
        this.services = services;
    }

    public void addTo(RouteTable table) {
        table.post("/commit", this::commit);
    }

    private Uni<Answer> commit(Exchange exchange) {
        String container = exchange.query("container");
        if (container.isEmpty()) {
            throw Fault.invalid("invalid name or ID supplied: \"\"");
        }
        Reference target = target(exchange);
        return exchange.json()
                .map(body -> new CommitContainer(
                        container,
                        target,
                        exchange.query("author"),
                        exchange.query("comment"),
                        exchange.query("pause").isEmpty() || exchange.flag("pause"),
                        exchange.all("changes"),
                        config(body, exchange)))
                .chain(services.containers()::commit)
                .map(made -> Answer.json(201, Map.of("Id", made.image().toString())));
    }

    private static @Nullable Reference target(Exchange exchange) {
        String repository = exchange.query("repo");
        return repository.isEmpty() ? null : PullRoutes.reference(repository, exchange.query("tag"));
    }

    /** Clients that want the container's configuration as it is send nothing, or null. */
    private static @Nullable ContainerConfig config(byte[] body, Exchange exchange) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.isEmpty() || text.equals("null")
                ? null
                : CreateBody.parse(body, exchange.version()).config();
    }
}
