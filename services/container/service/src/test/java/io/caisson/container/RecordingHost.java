package io.caisson.container;

import io.caisson.bus.stream.StreamTarget;
import io.caisson.executor.api.AttachTask;
import io.caisson.executor.api.DescribeHost;
import io.caisson.executor.api.Executor;
import io.caisson.executor.api.HostInfo;
import io.caisson.executor.api.LimitSupport;
import io.caisson.executor.api.ReadLogs;
import io.caisson.executor.api.ResizeTask;
import io.caisson.executor.api.SignalTask;
import io.caisson.executor.api.StartTask;
import io.caisson.executor.api.StartedTask;
import io.caisson.executor.api.TaskEvent;
import io.caisson.executor.api.TaskRef;
import io.caisson.executor.api.TaskStatus;
import io.caisson.executor.api.WatchTasks;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node without a kernel: tasks are entries of a map, signals end them. It can be told to fail, or to lose its memory. */
final class RecordingHost {
    final List<StartTask> started = new CopyOnWriteArrayList<>();
    final List<SignalTask> signals = new CopyOnWriteArrayList<>();
    /** Containers that survive SIGTERM. */
    final Set<ContainerId> stubborn = ConcurrentHashMap.newKeySet();
    /** Why the next start of a container fails. */
    final Map<ContainerId, Fault> failing = new ConcurrentHashMap<>();

    private final Map<ContainerId, TaskEvent> tasks = new LinkedHashMap<>();
    private final Set<MultiEmitter<? super TaskEvent>> watchers = ConcurrentHashMap.newKeySet();
    private int nextPid = 1000;

    Executor port() {
        return (Executor) Proxy.newProxyInstance(
                Executor.class.getClassLoader(), new Class<?>[] {Executor.class}, (_, method, arguments) -> {
                    Object command = arguments == null ? null : arguments[0];
                    return switch (command) {
                        case StartTask start -> Uni.createFrom().item(() -> start(start));
                        case SignalTask signal -> Uni.createFrom().item(() -> signal(signal));
                        case TaskRef task
                        when method.getName().equals("taskStatus") ->
                            Uni.createFrom().item(() -> status(task));
                        case TaskRef task -> Uni.createFrom().item(() -> release(task));
                        case WatchTasks _ -> Multi.createFrom().<TaskEvent>emitter(this::watch);
                        case DescribeHost _ -> Uni.createFrom().item(info());
                        case AttachTask attach -> Uni.createFrom().item(target("attach " + attach.container()));
                        case ReadLogs logs -> Uni.createFrom().item(target("logs " + logs.container()));
                        case ResizeTask _ -> Uni.createFrom().item(Done.DONE);
                        case null, default -> Uni.createFrom().failure(Fault.unsupported(method.getName()));
                    };
                });
    }

    private static StreamTarget target(String preamble) {
        return new StreamTarget("unix:/nowhere", preamble + "\n", true);
    }

    private static HostInfo info() {
        return new HostInfo(
                "host",
                "6.18.5",
                "Debian",
                "12",
                "x86_64",
                2,
                1L << 32,
                1,
                "cgroupfs",
                "runc",
                "1.1.5",
                List.of(),
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                List.of(),
                LimitSupport.all("0-1", "0"));
    }

    private synchronized StartedTask start(StartTask command) {
        Fault fault = failing.remove(command.container());
        if (fault != null) {
            throw fault;
        }
        started.add(command);
        var running = new TaskEvent.Running(command.container(), nextPid++, Instant.now());
        put(command.container(), running);
        return new StartedTask(running.pid(), Instant.now());
    }

    private synchronized Done signal(SignalTask command) {
        signals.add(command);
        if (!(tasks.get(command.container()) instanceof TaskEvent.Running)) {
            throw Fault.conflict("not running");
        }
        boolean deadly = command.signal() == 9 || (command.signal() == 15 && !stubborn.contains(command.container()));
        if (deadly) {
            exit(command.container(), 128 + command.signal());
        }
        return Done.DONE;
    }

    private synchronized Done release(TaskRef command) {
        if (tasks.get(command.container()) instanceof TaskEvent.Running) {
            throw Fault.conflict("it runs");
        }
        tasks.remove(command.container());
        return Done.DONE;
    }

    private synchronized TaskStatus status(TaskRef query) {
        return switch (tasks.get(query.container())) {
            case TaskEvent.Running(var _, int pid, Instant at) -> new TaskStatus.Running(pid, at);
            case TaskEvent.Exited(var _, int code, boolean oom, Instant at) -> new TaskStatus.Ended(code, oom, at);
            case TaskEvent.Lost(var _, Instant at) -> new TaskStatus.Lost(at);
            case null, default -> new TaskStatus.Unknown();
        };
    }

    /** The container's init ends by itself. */
    synchronized void exit(ContainerId id, int code) {
        put(id, new TaskEvent.Exited(id, code, false, Instant.now()));
    }

    /** A task that was started by somebody else, or before a crash. */
    synchronized void put(ContainerId id, TaskEvent state) {
        tasks.put(id, state);
        watchers.forEach(watcher -> watcher.emit(state));
    }

    /** The host went down: nothing is left. */
    synchronized void forgetEverything() {
        tasks.clear();
    }

    /** The watches break, as when the executor is restarted; new ones are told everything there is. */
    synchronized void breakWatches() {
        List.copyOf(watchers).forEach(watcher -> watcher.fail(new IllegalStateException("gone")));
    }

    synchronized Optional<TaskEvent> task(ContainerId id) {
        return Optional.ofNullable(tasks.get(id));
    }

    private synchronized void watch(MultiEmitter<? super TaskEvent> emitter) {
        emitter.onTermination(() -> watchers.remove(emitter));
        tasks.values().forEach(emitter::emit);
        emitter.emit(new TaskEvent.Listed());
        watchers.add(emitter);
    }
}
