package io.caisson.container;

import io.caisson.container.api.AttachedExec;
import io.caisson.container.api.BeginExec;
import io.caisson.container.api.CreateExec;
import io.caisson.container.api.CreatedExec;
import io.caisson.container.api.ResizeExecTerminal;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.model.Exec;
import io.caisson.container.model.ExecState;
import io.caisson.container.store.ContainerStore;
import io.caisson.container.store.ExecStore;
import io.caisson.executor.api.AttachExec;
import io.caisson.executor.api.ResizeExec;
import io.caisson.kernel.Done;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/**
 * {@code docker exec}: a process is noted, attached to, and started in a running container, each by a request of its own.
 * The start is written down before it is carried out, so that nothing starts twice.
 */
@ApplicationScoped
class ExecSequence {
    private final ContainerStore containers;
    private final ExecStore execs;
    private final Peers peers;
    private final ExecEndings endings;

    ExecSequence(ContainerStore containers, ExecStore execs, Peers peers, ExecEndings endings) {
        this.containers = containers;
        this.execs = execs;
        this.peers = peers;
        this.endings = endings;
    }

    /** What a start is about. */
    private record Subject(Exec exec, Container container) {}

    Uni<CreatedExec> create(CreateExec command) {
        return Uni.createFrom().deferred(() -> {
            ExecPlan.requireCommand(command.config());
            return containers
                    .find(command.nameOrId())
                    .invoke(ExecPlan::requireRunning)
                    .chain(container -> insert(container, command));
        });
    }

    private Uni<CreatedExec> insert(Container container, CreateExec command) {
        var exec = new Exec(
                new ExecId(Ids.hex64()),
                container.node(),
                container.id(),
                Instant.now(),
                command.config(),
                new ExecState.Created());
        return execs.insert(exec, ExecPlan.event(container, exec, "exec_create"))
                .map(created -> new CreatedExec(created.id()));
    }

    Uni<AttachedExec> attach(String id) {
        return startable(id).map(Subject::exec).chain(exec -> {
            var config = exec.config();
            var command = new AttachExec(
                    exec.node(),
                    exec.container(),
                    exec.id(),
                    config.attachStdin(),
                    config.attachStdout(),
                    config.attachStderr());
            return peers.executor()
                    .attachExec(command)
                    .map(target -> new AttachedExec(
                            target, config.tty(), config.attachStdin(), Absent.text(config.detachKeys())));
        });
    }

    private Uni<Subject> startable(String id) {
        return subject(id).invoke(subject -> requireUnstarted(subject.exec()));
    }

    /** Of a container that runs. */
    private Uni<Subject> subject(String id) {
        return execs.find(id).chain(exec -> containers
                .get(exec.container())
                .map(found -> found.orElseThrow(() -> Fault.notFound("No such container: " + exec.container())))
                .invoke(ExecPlan::requireRunning)
                .map(container -> new Subject(exec, container)));
    }

    private static void requireUnstarted(Exec exec) {
        switch (exec.state()) {
            case ExecState.Created() -> {}
            case ExecState.Started() ->
                throw Fault.conflict("Error: Exec command " + exec.id() + " is already running");
            case ExecState.Ended _ -> throw Fault.conflict("Error: Exec command " + exec.id() + " has already run");
        }
    }

    Uni<Done> start(BeginExec command) {
        return startable(command.id())
                .chain(subject -> endings.undisturbed(
                        subject.exec().id(), () -> claim(subject).chain(() -> launch(subject, command))));
    }

    private Uni<Exec> claim(Subject subject) {
        return execs.change(subject.exec().id().value(), exec -> {
            requireUnstarted(exec);
            var event = ExecPlan.event(subject.container(), exec, "exec_start");
            return ExecStore.Change.of(exec.in(new ExecState.Started()), event);
        });
    }

    private Uni<Done> launch(Subject subject, BeginExec command) {
        return peers.executor()
                .startExec(ExecPlan.start(subject.exec(), subject.container(), command))
                .replaceWith(Done.DONE)
                .onFailure()
                .recoverWithUni(error -> endings.failed(subject.exec(), error)
                        .chain(() -> Uni.createFrom().failure(error)));
    }

    Uni<Done> resize(ResizeExecTerminal command) {
        return subject(command.id()).map(Subject::exec).chain(exec -> {
            if (exec.state() instanceof ExecState.Ended) {
                throw Fault.conflict("Error: Exec command " + exec.id() + " has already run");
            }
            return peers.executor()
                    .resizeExec(new ResizeExec(
                            exec.node(), exec.container(), exec.id(), command.rows(), command.columns()));
        });
    }

    Uni<Done> detached(String id) {
        return execs.find(id)
                .chain(exec -> containers.get(exec.container()).chain(found -> found.map(
                                container -> containers.tell(ExecPlan.detached(container, exec)))
                        .orElseGet(() -> Uni.createFrom().voidItem())))
                .replaceWith(Done.DONE);
    }
}
