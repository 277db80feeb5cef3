package io.caisson.engine.route;

import io.caisson.container.api.AttachContainer;
import io.caisson.container.api.AttachedStream;
import io.caisson.container.api.Containers;
import io.caisson.container.api.FindContainer;
import io.caisson.container.api.ReadContainerLogs;
import io.caisson.engine.Services;
import io.caisson.engine.api.DetachKeys;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.engine.stream.Dial;
import io.caisson.engine.stream.DialledStream;
import io.caisson.engine.stream.HijackedConnection;
import io.caisson.engine.stream.Replay;
import io.caisson.engine.stream.Splice;
import io.caisson.engine.stream.WebSocketJoin;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Attaching to a container's streams: the client's connection, taken over, joined with the monitor's own socket. The head is
 * sent when that socket has accepted, so that nothing of a container started afterwards is missed.
 */
public final class AttachRoutes {
    private static final Logger LOG = Logger.getLogger(AttachRoutes.class);

    private static final int BINARY_MESSAGES = 28;

    private final Containers containers;

    public AttachRoutes(Services services) {
        this.containers = services.containers();
    }

    public void addTo(RouteTable table) {
        table.takeOver(HttpMethod.POST, "/containers/{id}/attach", this::attach);
        table.get("/containers/{id}/attach/ws", this::attachSocket);
    }

    private void attach(Exchange exchange, HijackedConnection client) {
        Uni.createFrom()
                .deferred(() -> {
                    // Checked before anything is joined.
                    var _ = DetachKeys.parse(exchange.query("detachKeys"));
                    return containers.attach(command(exchange));
                })
                .chain(attached -> Dial.open(client.loop(), attached.target())
                        .chain(dialled -> begin(exchange, client, attached, dialled)))
                .emitOn(client.loop())
                .subscribe()
                .with(_ -> {}, client::refuse);
    }

    private Uni<Answer> attachSocket(Exchange exchange) {
        String upgrade = exchange.header("Upgrade");
        if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
            throw Fault.invalid("not websocket protocol");
        }
        if (exchange.flag("logs")) {
            throw Fault.unsupported("replaying logs over a WebSocket is not implemented");
        }
        // What it becomes is known only when the container has been found.
        var _ = exchange.request().pause();
        boolean binary = exchange.version().atLeast(BINARY_MESSAGES);
        return containers
                .attach(command(exchange))
                .map(attached -> new Answer.Socket(
                        attached.target(),
                        new WebSocketJoin.Shape(!attached.terminal(), exchange.flag("stdin"), binary)));
    }

    private static AttachContainer command(Exchange exchange) {
        return new AttachContainer(
                exchange.path("id"),
                exchange.flag("stdin"),
                exchange.flag("stdout"),
                exchange.flag("stderr"),
                exchange.flag("stream"));
    }

    private Uni<Done> begin(
            Exchange exchange, HijackedConnection client, AttachedStream attached, DialledStream dialled) {
        return replayed(exchange)
                .emitOn(client.loop())
                .onFailure()
                .invoke(dialled::close)
                .chain(log -> {
                    client.accept(StreamTypes.of(attached.terminal(), exchange.version()));
                    return log == null ? Uni.createFrom().item(Done.DONE) : Replay.copy(log, client);
                })
                .invoke(() -> join(exchange, client, attached, dialled));
    }

    /** What was logged before, for {@code logs=1}; null otherwise. */
    private Uni<@Nullable DialledStream> replayed(Exchange exchange) {
        if (!exchange.flag("logs")) {
            return Uni.createFrom().nullItem();
        }
        var query = new ReadContainerLogs(
                exchange.path("id"),
                exchange.flag("stdout"),
                exchange.flag("stderr"),
                -1,
                null,
                null,
                false,
                false,
                false,
                false);
        return containers.logs(query).chain(target -> Dial.open(Dial.loopOf(exchange.request()), target));
    }

    private void join(Exchange exchange, HijackedConnection client, AttachedStream attached, DialledStream dialled) {
        if (!exchange.flag("stream")) {
            dialled.close();
            client.end();
            return;
        }
        DetachKeys keys = attached.terminal() ? DetachKeys.parse(exchange.query("detachKeys")) : null;
        var input = new Splice.Input(exchange.flag("stdin"), keys, () -> detached(attached));
        Splice.join(client, dialled, input);
    }

    private void detached(AttachedStream attached) {
        containers
                .detached(new FindContainer(attached.container().value()))
                .subscribe()
                .with(_ -> {}, error -> LOG.warnf("detach of %s was not recorded: %s", attached.container(), error));
    }
}
