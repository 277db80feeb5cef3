package io.caisson.container;

import io.caisson.bus.stream.StreamTarget;
import io.caisson.container.api.AttachContainer;
import io.caisson.container.api.AttachedStream;
import io.caisson.container.api.ReadContainerLogs;
import io.caisson.container.api.ResizeContainer;
import io.caisson.container.config.LogRules;
import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.AttachTask;
import io.caisson.executor.api.LogFraming;
import io.caisson.executor.api.ReadLogs;
import io.caisson.executor.api.ResizeTask;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** {@code docker attach} and {@code logs}: where the bytes are; they don't come this way. */
@ApplicationScoped
class StreamSequence {
    private final ContainerStore store;
    private final Peers peers;

    StreamSequence(ContainerStore store, Peers peers) {
        this.store = store;
        this.peers = peers;
    }

    Uni<AttachedStream> attach(AttachContainer command) {
        return store.find(command.nameOrId())
                .invoke(container -> requireAttachable(container, command.nameOrId()))
                .chain(container -> attach(container, command));
    }

    private static void requireAttachable(Container container, String name) {
        if (container.lifecycle() instanceof Lifecycle.Paused) {
            throw Fault.conflict("container " + name + " is paused, unpause the container before attach");
        }
        if (container.lifecycle() instanceof Lifecycle.Restarting) {
            throw Fault.conflict("container " + name + " is restarting, wait until the container is running");
        }
    }

    private Uni<AttachedStream> attach(Container container, AttachContainer command) {
        var config = container.definition().config();
        var task = new AttachTask(
                container.node(),
                container.id(),
                command.stdin() && config.openStdin(),
                command.stdout(),
                command.stderr(),
                config.tty());
        return peers.executor()
                .attach(task)
                .call(() -> store.tell(ContainerEvents.of(container, "attach")))
                .map(target -> new AttachedStream(container.id(), target, config.tty()));
    }

    Uni<StreamTarget> logs(ReadContainerLogs query) {
        return store.find(query.nameOrId()).chain(container -> {
            var definition = container.definition();
            if (LogRules.taskLog(definition.hostConfig().logConfig()).driver().equals("none")) {
                throw Fault.unsupported("configured logging driver does not support reading");
            }
            boolean follow = query.follow() && container.lifecycle().live();
            return peers.executor()
                    .logs(new ReadLogs(
                            container.node(),
                            container.id(),
                            query.stdout(),
                            query.stderr(),
                            query.tail(),
                            query.since(),
                            query.until(),
                            query.timestamps(),
                            follow,
                            query.details() ? LogAttributes.details(definition, container.name()) : null,
                            framing(definition.config().tty(), query.sharedFrames())));
        });
    }

    private static LogFraming framing(boolean tty, boolean shared) {
        if (tty) {
            return LogFraming.NONE;
        }
        return shared ? LogFraming.SHARED : LogFraming.LINES;
    }

    Uni<Done> resize(ResizeContainer command) {
        return store.find(command.nameOrId())
                .invoke(StreamSequence::requireRunning)
                .chain(container -> peers.executor()
                        .resize(new ResizeTask(container.node(), container.id(), command.rows(), command.columns()))
                        .call(() -> store.tell(ContainerEvents.of(
                                container,
                                "resize",
                                Map.of(
                                        "height", Integer.toString(command.rows()),
                                        "width", Integer.toString(command.columns()))))));
    }

    private static void requireRunning(Container container) {
        boolean hasTerminal =
                container.lifecycle() instanceof Lifecycle.Live || container.lifecycle() instanceof Lifecycle.Starting;
        if (!hasTerminal) {
            throw Fault.conflict("container " + container.id() + " is not running");
        }
    }

    Uni<Done> detached(String nameOrId) {
        return store.find(nameOrId)
                .chain(container -> store.tell(ContainerEvents.of(container, "detach")))
                .replaceWith(Done.DONE);
    }
}
