package io.caisson.engine.route;

import io.caisson.container.api.AttachedExec;
import io.caisson.container.api.BeginExec;
import io.caisson.container.api.Containers;
import io.caisson.container.api.CreateExec;
import io.caisson.container.api.ExecConfig;
import io.caisson.container.api.FindExec;
import io.caisson.container.api.ResizeExecTerminal;
import io.caisson.engine.Services;
import io.caisson.engine.api.DetachKeys;
import io.caisson.engine.api.JsonBody;
import io.caisson.engine.api.container.ExecCreated;
import io.caisson.engine.api.container.ExecInspect;
import io.caisson.engine.api.container.ExecStartBody;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.engine.stream.Dial;
import io.caisson.engine.stream.DialledStream;
import io.caisson.engine.stream.HijackedConnection;
import io.caisson.engine.stream.Splice;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * Processes added to running containers. A start takes the connection over before the process exists; that it could not be
 * started is then said on the stream, and its exit code tells.
 */
public final class ExecRoutes {
    private static final Logger LOG = Logger.getLogger(ExecRoutes.class);
    private static final int HEADER = 8;

    private final Containers containers;

    public ExecRoutes(Services services) {
        this.containers = services.containers();
    }

    public void addTo(RouteTable table) {
        table.post("/containers/{id}/exec", this::create);
        table.takeOverWithBody(HttpMethod.POST, "/exec/{id}/start", this::start);
        table.post("/exec/{id}/resize", this::resize);
        table.get("/exec/{id}/json", this::inspect);
    }

    private Uni<Answer> create(Exchange exchange) {
        return exchange.json()
                .map(body -> JsonBody.read(body, ExecConfig.class))
                .invoke(config -> DetachKeys.parse(Objects.requireNonNullElse(config.detachKeys(), "")))
                .chain(config -> containers.createExec(new CreateExec(exchange.path("id"), config)))
                .map(created -> Answer.json(201, ExecCreated.of(created)));
    }

    private Uni<Answer> resize(Exchange exchange) {
        int rows = Objects.requireNonNullElse(exchange.number("h"), 0);
        int columns = Objects.requireNonNullElse(exchange.number("w"), 0);
        return containers
                .resizeExec(new ResizeExecTerminal(exchange.path("id"), rows, columns))
                .map(_ -> Answer.empty(200));
    }

    private Uni<Answer> inspect(Exchange exchange) {
        return containers.inspectExec(new FindExec(exchange.path("id"))).map(exec -> Answer.json(ExecInspect.of(exec)));
    }

    private void start(Exchange exchange, HijackedConnection client) {
        client.body()
                .map(body -> ExecStartBody.parse(body, exchange.version()))
                .chain(body -> body.detach() ? detached(exchange, client, body) : attached(exchange, client, body))
                .emitOn(client.loop())
                .subscribe()
                .with(_ -> {}, client::refuse);
    }

    private static BeginExec begin(Exchange exchange, ExecStartBody body) {
        return new BeginExec(exchange.path("id"), body.detach(), body.rows(), body.columns());
    }

    private Uni<Done> detached(Exchange exchange, HijackedConnection client, ExecStartBody body) {
        return containers.startExec(begin(exchange, body)).emitOn(client.loop()).invoke(() -> client.answerEmpty(200));
    }

    private Uni<Done> attached(Exchange exchange, HijackedConnection client, ExecStartBody body) {
        return containers.attachExec(new FindExec(exchange.path("id"))).chain(exec -> Dial.open(
                        client.loop(), exec.target())
                .emitOn(client.loop())
                .chain(dialled -> accepted(exchange, client, body, exec, dialled)));
    }

    /** From here on there is no other answer than on the stream. */
    private Uni<Done> accepted(
            Exchange exchange,
            HijackedConnection client,
            ExecStartBody body,
            AttachedExec exec,
            DialledStream dialled) {
        client.accept(StreamTypes.of(exec.terminal(), exchange.version()));
        return containers
                .startExec(begin(exchange, body))
                .emitOn(client.loop())
                .invoke(() -> join(exchange, client, exec, dialled))
                .onFailure()
                .recoverWithItem(error -> {
                    dialled.close();
                    client.sayAndEnd(said(Fault.of(error).message() + "\r\n", exec.terminal()));
                    return Done.DONE;
                });
    }

    /** As the process's own output. */
    private static byte[] said(String text, boolean terminal) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return terminal
                ? bytes
                : ByteBuffer.allocate(HEADER + bytes.length)
                        .putInt(1 << 24)
                        .putInt(bytes.length)
                        .put(bytes)
                        .array();
    }

    private void join(Exchange exchange, HijackedConnection client, AttachedExec exec, DialledStream dialled) {
        DetachKeys keys = exec.terminal() ? DetachKeys.parse(exec.detachKeys()) : null;
        Splice.join(client, dialled, new Splice.Input(exec.stdin(), keys, () -> left(exchange.path("id"))));
    }

    private void left(String id) {
        containers
                .execDetached(new FindExec(id))
                .subscribe()
                .with(_ -> {}, error -> LOG.warnf("detach of exec %s was not recorded: %s", id, error.getMessage()));
    }
}
