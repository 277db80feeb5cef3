package io.caisson.container.store;

import io.caisson.container.api.ContainerState;
import io.caisson.container.api.ContainerState.Status;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.model.Definition;
import io.caisson.container.model.Restarts;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.state.Outcome;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Between rows and {@link Container}s. */
final class RowMapping {
    private RowMapping() {}

    static ContainerRow row(Container container) {
        Definition definition = container.definition();
        var row = new ContainerRow();
        row.id = definition.id().value();
        row.node = definition.node().value();
        row.created = micros(definition.created());
        row.imageId = definition.imageId();
        row.imageName = definition.imageName();
        row.config = definition.config();
        row.labels = Absent.map(definition.config().labels());
        row.mounts = new MountList(definition.mounts());
        write(container, row);
        return row;
    }

    /** Everything that may change. */
    static void write(Container container, ContainerRow row) {
        row.name = container.name();
        row.hostConfig = container.definition().hostConfig();
        row.networks = container.definition().networks();
        row.connections = new Connections(container.endpoints(), container.ports());
        row.ends = container.ends();
        row.health = container.health();
        row.restartCount = container.restarts().count();
        row.restartPause = container.restarts().pause().toMillis();
        row.stoppedByUser = container.restarts().stoppedByUser();
        row.starting = container.lifecycle() instanceof Lifecycle.Starting;
        write(container.lifecycle().shown(), row);
    }

    private static void write(ContainerState shown, ContainerRow row) {
        row.status = shown.status().name().toLowerCase(Locale.ROOT);
        row.pid = shown.pid();
        row.exitCode = shown.exitCode();
        row.oomKilled = shown.oomKilled();
        row.error = shown.error();
        row.startedAt = shown.startedAt() == null ? null : micros(shown.startedAt());
        row.finishedAt = shown.finishedAt() == null ? null : micros(shown.finishedAt());
    }

    static Container container(ContainerRow row) {
        var definition = new Definition(
                new NodeId(row.node),
                new ContainerId(row.id),
                row.created,
                row.imageId,
                row.imageName,
                Objects.requireNonNull(row.config),
                Objects.requireNonNull(row.hostConfig),
                row.mounts.mounts(),
                row.networks);
        var restarts = new Restarts(row.restartCount, Duration.ofMillis(row.restartPause), row.stoppedByUser);
        return new Container(
                definition,
                row.name,
                lifecycle(row),
                restarts,
                row.connections.endpoints(),
                row.connections.ports(),
                row.ends,
                row.health);
    }

    private static Lifecycle lifecycle(ContainerRow row) {
        var last = new Outcome(row.exitCode, row.oomKilled, row.error, row.startedAt, row.finishedAt);
        Lifecycle state =
                switch (Status.valueOf(row.status.toUpperCase(Locale.ROOT))) {
                    case CREATED -> new Lifecycle.Created(last);
                    case RUNNING -> new Lifecycle.Running(row.pid, started(row.startedAt), row.finishedAt);
                    case PAUSED -> new Lifecycle.Paused(row.pid, started(row.startedAt), row.finishedAt);
                    case RESTARTING -> new Lifecycle.Restarting(last);
                    case REMOVING -> new Lifecycle.Removing(last);
                    case EXITED -> new Lifecycle.Exited(last);
                    case DEAD -> new Lifecycle.Dead(last);
                };
        return row.starting && state instanceof Lifecycle.Startable startable ? startable.starting() : state;
    }

    private static Instant started(@Nullable Instant at) {
        return at == null ? Instant.EPOCH : at;
    }

    /** What the database can keep: otherwise a value would change by being written and read. */
    private static Instant micros(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }
}
