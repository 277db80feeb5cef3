package io.caisson.executor;

import io.caisson.executor.api.TaskEvent;
import io.caisson.executor.api.TaskStatus;
import io.caisson.executor.task.Outcome;
import io.caisson.executor.task.Places;
import io.caisson.kernel.ContainerId;
import io.smallrye.mutiny.Multi;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks of the node, as the host has them. */
final class Tasks {
    private final Places places;
    private final Map<ContainerId, Task> tasks = new ConcurrentHashMap<>();
    private final TaskFeed feed = new TaskFeed();

    Tasks(Places places) {
        this.places = places;
    }

    /** The container's task; one that waits when there was none. */
    Task of(ContainerId container) {
        return tasks.computeIfAbsent(container, id -> new Task(places.folder(id)));
    }

    Optional<Task> find(ContainerId container) {
        return Optional.ofNullable(tasks.get(container));
    }

    void forget(Task task) {
        tasks.remove(task.container(), task);
    }

    void running(Task task, int pid) {
        feed.tell(new TaskEvent.Running(task.container(), pid, task.startedAt()), () -> task.running(pid));
    }

    void ended(Task task, Outcome outcome) {
        feed.tell(exited(task, outcome), () -> task.ended(outcome));
    }

    void lost(Task task) {
        Instant now = Instant.now();
        feed.tell(new TaskEvent.Lost(task.container(), now), () -> task.lost(now));
    }

    void ended(Exec exec, Outcome outcome) {
        var event = new TaskEvent.ExecEnded(exec.container(), exec.id(), outcome.code(), outcome.at());
        feed.tell(event, () -> exec.ended(outcome));
    }

    Multi<TaskEvent> watch() {
        return feed.watch(this::snapshot);
    }

    private List<TaskEvent> snapshot() {
        return tasks.values().stream().flatMap(task -> describe(task).stream()).toList();
    }

    private static Optional<TaskEvent> describe(Task task) {
        return switch (task.state()) {
            case TaskState.Waiting() -> Optional.empty();
            case TaskState.Starting() -> Optional.empty();
            case TaskState.Running running ->
                Optional.of(new TaskEvent.Running(task.container(), running.pid(), task.startedAt()));
            case TaskState.Ended(Outcome outcome) -> Optional.of(exited(task, outcome));
            case TaskState.Lost(Instant at) -> Optional.of(new TaskEvent.Lost(task.container(), at));
        };
    }

    private static TaskEvent exited(Task task, Outcome outcome) {
        return new TaskEvent.Exited(task.container(), outcome.code(), outcome.oomKilled(), outcome.at());
    }

    TaskStatus status(ContainerId container) {
        return find(container).map(Tasks::status).orElseGet(TaskStatus.Unknown::new);
    }

    private static TaskStatus status(Task task) {
        return switch (task.state()) {
            case TaskState.Waiting() -> new TaskStatus.Unknown();
            case TaskState.Starting() -> new TaskStatus.Starting();
            case TaskState.Running(int pid) -> new TaskStatus.Running(pid, task.startedAt());
            case TaskState.Ended(Outcome end) -> new TaskStatus.Ended(end.code(), end.oomKilled(), end.at());
            case TaskState.Lost(Instant at) -> new TaskStatus.Lost(at);
        };
    }

    /** Those that run as far as is known. */
    List<Task> running() {
        return tasks.values().stream()
                .filter(task -> task.state() instanceof TaskState.Running)
                .toList();
    }

    boolean anyRunning() {
        return tasks.values().stream().map(Task::state).anyMatch(state -> switch (state) {
            case TaskState.Starting(), TaskState.Running _ -> true;
            case TaskState.Waiting(), TaskState.Ended _, TaskState.Lost _ -> false;
        });
    }

    void close() {
        feed.end();
    }
}
