package io.caisson.engine.route;

import io.caisson.container.api.Containers;
import io.caisson.container.api.CreateContainer;
import io.caisson.container.api.FindContainer;
import io.caisson.container.api.KillContainer;
import io.caisson.container.api.ListContainerProcesses;
import io.caisson.container.api.RemoveContainer;
import io.caisson.container.api.RenameContainer;
import io.caisson.container.api.ResizeContainer;
import io.caisson.container.api.StopContainer;
import io.caisson.engine.EngineSettings;
import io.caisson.engine.Services;
import io.caisson.engine.api.container.ContainerCreated;
import io.caisson.engine.api.container.CreateBody;
import io.caisson.engine.api.image.PlatformParameter;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;

/** The lifecycle of containers. */
public final class ContainerRoutes {
    private static final int STOP_SIGNAL = 42;

    private final Containers containers;
    private final EngineSettings settings;

    public ContainerRoutes(Services services, EngineSettings settings) {
        this.containers = services.containers();
        this.settings = settings;
    }

    public void addTo(RouteTable table) {
        table.post("/containers/create", this::create);
        table.post("/containers/{id}/start", this::start);
        table.post("/containers/{id}/stop", x -> noContent(containers.stop(stopping(x))));
        table.post("/containers/{id}/restart", x -> noContent(containers.restart(stopping(x))));
        table.post("/containers/{id}/kill", this::kill);
        table.post("/containers/{id}/pause", x -> noContent(containers.pause(find(x))));
        table.post("/containers/{id}/unpause", x -> noContent(containers.unpause(find(x))));
        table.get("/containers/{id}/top", this::top);
        table.post("/containers/{id}/rename", this::rename);
        table.post("/containers/{id}/resize", this::resize);
        table.delete("/containers/{id}", this::remove);
    }

    private Uni<Answer> create(Exchange exchange) {
        var platform = PlatformParameter.parse(exchange.optional("platform"));
        return exchange.json()
                .map(body -> CreateBody.parse(body, exchange.version()))
                .map(body -> new CreateContainer(
                        settings.node(),
                        exchange.optional("name"),
                        platform,
                        body.config(),
                        body.hostConfig(),
                        body.networks()))
                .chain(containers::create)
                .map(created -> Answer.json(201, ContainerCreated.of(created)));
    }

    private Uni<Answer> start(Exchange exchange) {
        exchange.refuseBody("starting container with non-empty request body was deprecated since API v1.22 and removed"
                + " in v1.24");
        if (exchange.optional("checkpoint") != null) {
            throw Fault.unsupported("starting from a checkpoint is not implemented");
        }
        return noContent(containers.start(find(exchange)));
    }

    private static StopContainer stopping(Exchange exchange) {
        String signal = exchange.version().atLeast(STOP_SIGNAL) ? exchange.optional("signal") : null;
        return new StopContainer(exchange.path("id"), signal, exchange.number("t"));
    }

    private Uni<Answer> kill(Exchange exchange) {
        return noContent(containers.kill(new KillContainer(exchange.path("id"), exchange.optional("signal"))));
    }

    private Uni<Answer> top(Exchange exchange) {
        String args = exchange.query("ps_args").strip();
        List<String> words = args.isEmpty() ? List.of() : List.of(args.split("\\s+"));
        return containers
                .processes(new ListContainerProcesses(exchange.path("id"), words))
                .map(Answer::json);
    }

    private Uni<Answer> rename(Exchange exchange) {
        String name = exchange.query("name");
        if (name.isEmpty() || name.equals("/")) {
            throw Fault.invalid("Neither old nor new names may be empty");
        }
        String plain = name.startsWith("/") ? name.substring(1) : name;
        return noContent(containers.rename(new RenameContainer(exchange.path("id"), plain)));
    }

    private Uni<Answer> resize(Exchange exchange) {
        int rows = Objects.requireNonNullElse(exchange.number("h"), 0);
        int columns = Objects.requireNonNullElse(exchange.number("w"), 0);
        return containers
                .resize(new ResizeContainer(exchange.path("id"), rows, columns))
                .map(_ -> Answer.empty(200));
    }

    private Uni<Answer> remove(Exchange exchange) {
        var command = new RemoveContainer(
                exchange.path("id"), exchange.flag("force"), exchange.flag("v"), exchange.flag("link"));
        return noContent(containers.remove(command));
    }

    private static FindContainer find(Exchange exchange) {
        return new FindContainer(exchange.path("id"));
    }

    private static Uni<Answer> noContent(Uni<Done> done) {
        return done.map(_ -> Answer.empty(204));
    }
}
