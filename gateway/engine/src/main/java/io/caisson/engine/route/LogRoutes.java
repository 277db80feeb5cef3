package io.caisson.engine.route;

import io.caisson.container.api.Containers;
import io.caisson.container.api.FindContainer;
import io.caisson.container.api.ReadContainerLogs;
import io.caisson.engine.Services;
import io.caisson.engine.api.Parameters;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** A container's log. */
public final class LogRoutes {
    private final Containers containers;

    public LogRoutes(Services services) {
        this.containers = services.containers();
    }

    public void addTo(RouteTable table) {
        table.get("/containers/{id}/logs", this::read);
    }

    private Uni<Answer> read(Exchange exchange) {
        ReadContainerLogs query = query(exchange);
        return containers.inspect(new FindContainer(exchange.path("id"))).chain(container -> containers
                .logs(query)
                .map(target ->
                        new Answer.Dialled(StreamTypes.of(container.config().tty(), exchange.version()), target)));
    }

    private static ReadContainerLogs query(Exchange exchange) {
        boolean stdout = exchange.flag("stdout");
        boolean stderr = exchange.flag("stderr");
        if (!stdout && !stderr) {
            throw Fault.invalid("Bad parameters: you must choose at least one stream");
        }
        Instant now = Instant.now();
        return new ReadContainerLogs(
                exchange.path("id"),
                stdout,
                stderr,
                tail(exchange.query("tail")),
                Parameters.time(exchange.optional("since"), now),
                Parameters.time(exchange.optional("until"), now),
                exchange.flag("timestamps"),
                exchange.flag("follow"),
                exchange.flag("details"),
                unpacksFrames(exchange));
    }

    /** The docker CLI copies frames to its output whatever they hold; other clients may take each for a line. */
    private static boolean unpacksFrames(Exchange exchange) {
        String client = exchange.header("User-Agent");
        return client != null && client.startsWith("Docker-Client/");
    }

    /** {@code all}, and whatever else is no number, is everything. */
    private static long tail(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }
}
