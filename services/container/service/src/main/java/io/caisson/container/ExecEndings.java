package io.caisson.container;

import io.caisson.container.api.ExecDetail;
import io.caisson.container.model.Container;
import io.caisson.container.model.Exec;
import io.caisson.container.model.ExecState;
import io.caisson.container.store.ContainerStore;
import io.caisson.container.store.ExecStore;
import io.caisson.executor.api.ExecStatus;
import io.caisson.executor.api.TaskEvent;
import io.caisson.kernel.Done;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.Fault;
import io.caisson.kernel.NodeId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * How execs end: recorded with their event by whoever learns of it first, the watch or a client that asks; then their node
 * forgets them. Idempotent.
 */
@ApplicationScoped
class ExecEndings {
    private static final Logger LOG = Logger.getLogger(ExecEndings.class);
    private static final int UNKNOWN_END = 255;
    private static final int NOT_EXECUTABLE = 126;
    private static final int AT_ONCE = 8;

    private final ContainerStore containers;
    private final ExecStore execs;
    private final Peers peers;
    /** Their node may not know them yet. */
    private final Set<ExecId> starting = ConcurrentHashMap.newKeySet();

    ExecEndings(ContainerStore containers, ExecStore execs, Peers peers) {
        this.containers = containers;
        this.execs = execs;
        this.peers = peers;
    }

    /** Carries out a start without its exec being taken for one that vanished. */
    <T> Uni<T> undisturbed(ExecId id, Supplier<Uni<T>> start) {
        return Uni.createFrom().deferred(() -> {
            starting.add(id);
            return start.get().onTermination().invoke(() -> starting.remove(id));
        });
    }

    /** Its node is asked while it runs: the exit code is known there before the streams end. */
    Uni<ExecDetail> inspect(String id) {
        return execs.find(id).chain(exec -> switch (exec.state()) {
            case ExecState.Created() -> Uni.createFrom().item(detail(exec, false, null, 0));
            case ExecState.Ended(int code, Instant _) -> Uni.createFrom().item(detail(exec, false, code, 0));
            case ExecState.Started() ->
                peers.executor().execStatus(ExecPlan.ref(exec)).chain(status -> seen(exec, status));
        });
    }

    private Uni<ExecDetail> seen(Exec exec, ExecStatus status) {
        return switch (status) {
            case ExecStatus.Running(int pid) -> Uni.createFrom().item(detail(exec, true, null, pid));
            case ExecStatus.Ended(int code, Instant at) ->
                ended(exec, code, at).replaceWith(detail(exec, false, code, 0));
            case ExecStatus.Unknown() -> execs.find(exec.id().value()).map(ExecEndings::asRecorded);
        };
    }

    /** It is about to start, or was recorded and forgotten meanwhile. */
    private static ExecDetail asRecorded(Exec exec) {
        return exec.state() instanceof ExecState.Ended(int code, Instant _)
                ? detail(exec, false, code, 0)
                : detail(exec, true, null, 0);
    }

    private static ExecDetail detail(
            Exec exec, boolean running, @org.jspecify.annotations.Nullable Integer exitCode, int pid) {
        return new ExecDetail(exec.id(), exec.container(), exec.config(), running, exitCode, pid);
    }

    /** News of the watch. */
    Uni<Done> ended(TaskEvent.ExecEnded event) {
        return execs.find(event.exec().value())
                .chain(exec -> ended(exec, event.exitCode(), event.at()))
                .onFailure(ExecEndings::isGone)
                .recoverWithItem(Done.DONE);
    }

    private Uni<Done> ended(Exec exec, int code, Instant at) {
        return containers
                .get(exec.container())
                .chain(container -> execs.change(exec.id().value(), now -> end(now, container, code, at)))
                .chain(() -> forgotten(exec))
                .replaceWith(Done.DONE);
    }

    private static ExecStore.Change end(Exec exec, Optional<Container> container, int code, Instant at) {
        if (exec.state() instanceof ExecState.Ended) {
            return ExecStore.Change.of(exec);
        }
        Exec ended = exec.in(new ExecState.Ended(code, at));
        return container
                .map(known -> ExecStore.Change.of(ended, ExecPlan.died(known, ended, code)))
                .orElseGet(() -> ExecStore.Change.of(ended));
    }

    /** What it left is removed at the latest with its container. */
    private Uni<Done> forgotten(Exec exec) {
        return peers.executor()
                .forgetExec(ExecPlan.ref(exec))
                .onFailure()
                .invoke(error -> LOG.debugf("exec %s is not forgotten yet: %s", exec.id(), error.getMessage()))
                .onFailure()
                .recoverWithItem(Done.DONE);
    }

    /** It never ran: there is an exit code to ask for, and nothing to tell. */
    Uni<Done> failed(Exec exec, Throwable error) {
        String words = Fault.of(error).message();
        int code = words.startsWith("OCI runtime exec failed") ? StartFailure.exitCode(error) : NOT_EXECUTABLE;
        return execs.change(
                        exec.id().value(), now -> ExecStore.Change.of(now.in(new ExecState.Ended(code, Instant.now()))))
                .replaceWith(Done.DONE)
                .onFailure(ExecEndings::isGone)
                .recoverWithItem(Done.DONE);
    }

    /** What the node does not know any more has ended, nobody knows how. */
    Uni<Done> mend(NodeId node) {
        return execs.started(node)
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .filter(exec -> !starting.contains(exec.id()))
                .onItem()
                .transformToUni(this::mended)
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWith(Done.DONE);
    }

    private Uni<Done> mended(Exec exec) {
        return peers.executor()
                .execStatus(ExecPlan.ref(exec))
                .chain(status -> switch (status) {
                    case ExecStatus.Running _ -> Uni.createFrom().item(Done.DONE);
                    case ExecStatus.Ended(int code, Instant at) -> ended(exec, code, at);
                    case ExecStatus.Unknown() -> ended(exec, UNKNOWN_END, Instant.now());
                })
                .onFailure()
                .invoke(error -> LOG.warnf("Exec %s: %s", exec.id(), error.getMessage()))
                .onFailure()
                .recoverWithItem(Done.DONE);
    }

    private static boolean isGone(Throwable error) {
        return error instanceof Fault fault && fault.kind() == Fault.Kind.NOT_FOUND;
    }
}
