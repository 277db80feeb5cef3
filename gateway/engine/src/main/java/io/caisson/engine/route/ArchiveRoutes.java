package io.caisson.engine.route;

import io.caisson.container.api.Containers;
import io.caisson.container.api.FindContainer;
import io.caisson.container.api.LookAtContainerPath;
import io.caisson.container.api.WriteContainerTree;
import io.caisson.engine.Services;
import io.caisson.engine.api.EngineJson;
import io.caisson.engine.api.container.ChangeView;
import io.caisson.engine.api.container.PathStatView;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.engine.stream.Upload;
import io.caisson.executor.api.PathStat;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Base64;
import java.util.Map;

/** Files of containers: cp, diff and export. The bytes go between client and executor, never over the bus. */
public final class ArchiveRoutes {
    private static final String STAT = "X-Docker-Container-Path-Stat";
    private static final String TAR = "application/x-tar";

    private final Containers containers;

    public ArchiveRoutes(Services services) {
        this.containers = services.containers();
    }

    public void addTo(RouteTable table) {
        table.on(HttpMethod.HEAD, "/containers/{id}/archive", this::lookAt);
        table.get("/containers/{id}/archive", this::read);
        table.on(HttpMethod.PUT, "/containers/{id}/archive", this::write);
        table.get("/containers/{id}/changes", this::changes);
        table.get("/containers/{id}/export", this::export);
    }

    private Uni<Answer> lookAt(Exchange exchange) {
        return containers
                .lookAt(new LookAtContainerPath(exchange.path("id"), path(exchange)))
                .map(stat -> new Answer.Whole(200, null, Buffer.buffer(), stat(stat)));
    }

    private Uni<Answer> read(Exchange exchange) {
        return containers
                .readTree(new LookAtContainerPath(exchange.path("id"), path(exchange)))
                .map(tree -> new Answer.Dialled(TAR, tree.target(), stat(tree.stat())));
    }

    private static Map<String, String> stat(PathStat stat) {
        return Map.of(STAT, Base64.getEncoder().encodeToString(EngineJson.bytes(PathStatView.of(stat))));
    }

    private Uni<Answer> write(Exchange exchange) {
        String id = exchange.path("id");
        var command = new WriteContainerTree(
                id, path(exchange), exchange.flag("copyUIDGID"), exchange.flag("noOverwriteDirNonDir"));
        return containers
                .writeTree(command)
                .chain(target -> Upload.judged(exchange.request(), target))
                .chain(() -> containers.treeWritten(new FindContainer(id)))
                .map(_ -> Answer.empty(200));
    }

    private static String path(Exchange exchange) {
        String path = exchange.query("path");
        if (path.isEmpty()) {
            throw Fault.invalid("bad parameter: pathcannot be empty"); // Docker's own words
        }
        return path;
    }

    private Uni<Answer> changes(Exchange exchange) {
        return containers
                .changes(new FindContainer(exchange.path("id")))
                .onItem()
                .transformToMultiAndConcatenate(some -> Multi.createFrom().iterable(some.changes()))
                .map(ChangeView::of)
                .collect()
                .asList()
                .map(all -> all.isEmpty() ? nothing() : Answer.json(all));
    }

    /** Go's encoder writes a list that was never made as null. */
    private static Answer nothing() {
        return new Answer.Whole(200, "application/json", Buffer.buffer("null\n"), Map.of());
    }

    private Uni<Answer> export(Exchange exchange) {
        return containers
                .exportTree(new FindContainer(exchange.path("id")))
                .map(target -> new Answer.Dialled("application/octet-stream", target));
    }
}
