package io.caisson.executor;

import io.caisson.bus.wire.WireJson;
import io.caisson.executor.api.StartTask;
import io.caisson.executor.api.StartedTask;
import io.caisson.executor.monitor.ListeningSocket;
import io.caisson.executor.monitor.MonitorConnection;
import io.caisson.executor.monitor.MonitorReply;
import io.caisson.executor.spec.RuntimeErrors;
import io.caisson.executor.spec.SpecCompletion;
import io.caisson.executor.spec.UserIdentity;
import io.caisson.executor.task.TaskFolder;
import io.caisson.executor.task.TaskRecord;
import io.caisson.kernel.Compensations;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Offload;
import io.caisson.linux.LinuxException;
import io.caisson.linux.Pidfd;
import io.caisson.linux.netlink.Link;
import io.caisson.network.api.NetworkPlan.Sandbox;
import io.caisson.oci.Mount;
import io.caisson.oci.RuntimeSpec;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One start, from a plan to a running process. Each step registers its undoing before it begins; a failure leaves the host
 * as it was.
 */
final class StartSequence {
    private static final int SIGKILL = 9;

    private final Host host;
    private final StartTask command;
    private final Task task;
    private final TaskFolder folder;
    private final String runtime;
    private final Compensations undo = new Compensations();
    private final StartPhases phases;
    /** Before anything runs, not after: a short run may have ended by the time that its start is known. */
    private final Instant startedAt = Instant.now();

    private volatile @Nullable ListeningSocket socket;
    private volatile List<Link> bridges = List.of();
    private volatile List<Mount> generated = List.of();
    private volatile int monitor;

    StartSequence(Host host, StartTask command) {
        this.host = host;
        this.command = command;
        this.task = host.tasks().of(command.container());
        this.folder = task.folder();
        this.runtime = host.runtimes().program(command.runtime());
        this.phases = new StartPhases(command.container());
    }

    Uni<StartedTask> run() {
        return undo.guard(host.offload()
                        .run(phases.timed("claim", this::claim))
                        .chain(() -> both(
                                phases.timed("monitor", this::launchMonitor), phases.timed("host", this::prepareHost)))
                        .chain(() -> both(
                                phases.timed("network", this::connectNetwork), phases.timed("spec", this::writeSpec)))
                        .chain(() -> host.offload().call(phases.timedCall("runtime", this::startRuntime))))
                .invoke(phases::log);
    }

    private Uni<Done> step(Offload.Blocking work) {
        return host.offload().run(work);
    }

    /** Waits for both even when one fails: what is still under way cannot be undone. */
    private Uni<Done> both(Offload.Blocking first, Offload.Blocking second) {
        return Uni.combine()
                .all()
                .unis(step(first), step(second))
                .collectFailures()
                .discardItems()
                .onFailure(CompositeException.class)
                .transform(t -> t.getCauses().getFirst())
                .replaceWith(Done.DONE);
    }

    /** Not while somebody has the files of the stopped container mounted. */
    private void claim() throws IOException {
        Runnable free = host.gate().take(command.container());
        try {
            socket = task.begin(new TaskRecord(
                    command.container(),
                    command.network(),
                    command.streams().terminal(),
                    runtime,
                    command.files(),
                    startedAt));
        } finally {
            free.run();
        }
        undo.push(() -> step(this::abandon));
        Files.createDirectories(folder.run());
        Files.deleteIfExists(folder.exitFile());
        task.record().orElseThrow().write(folder.record());
    }

    private void abandon() throws IOException {
        host.monitors().deleteOrphan(command.container(), runtime);
        host.making().forget(folder);
        folder.removeRun();
        task.abandon();
        host.tasks().forget(task);
    }

    private void launchMonitor() throws IOException {
        ListeningSocket listening = java.util.Objects.requireNonNull(socket);
        undo.push(() -> step(this::stopMonitor));
        monitor = host.monitors().launch(command, runtime, folder, host.making().isWanted(runtime), listening);
    }

    private void stopMonitor() throws IOException {
        if (monitor == 0 || !Files.exists(folder.monitorPidFile())) {
            return;
        }
        try (MonitorConnection connection = MonitorConnection.open(folder.socket())) {
            connection.send("quit");
            while (!(connection.next() instanceof MonitorReply.Closed)) {
                // until it has cleaned up
            }
        } catch (IOException | IllegalArgumentException _) {
            killMonitor();
        }
    }

    private void killMonitor() {
        try (Pidfd process = Pidfd.open(monitor)) {
            var _ = process.signal(SIGKILL);
        } catch (LinuxException _) {
            // gone already
        }
    }

    private void prepareHost() throws IOException {
        bridges = host.network().prepare(command.network());
        generated = host.hostNames().write(folder, command.network(), command.files());
    }

    private void connectNetwork() {
        undo.push(() -> step(() -> host.network().disconnect(command.network())));
        host.network().connect(command.network(), bridges, monitor);
        host.network().serveNames(command.network(), command.files().dns(), monitor);
    }

    private void writeSpec() throws IOException {
        Path rootfs = command.rootfs().type().equals("overlay")
                ? folder.rootfs()
                : Path.of(command.rootfs().source());
        Path seen =
                Path.of("/proc/" + monitor + "/root").resolve(rootfs.toString().substring(1));
        UserIdentity.Found user = UserIdentity.of(command, seen);
        var completion = new SpecCompletion(user.user(), rootfs, networkNamespace(), generated, host.init());
        RuntimeSpec spec = completion.apply(command);
        Files.write(folder.config(), WireJson.mapper().writeValueAsBytes(spec));
        host.making().prepare(runtime, spec, user.home(), folder);
    }

    private Optional<Path> networkNamespace() {
        return switch (command.network().sandbox()) {
            case Sandbox.Private() -> Optional.of(Path.of("/proc/" + monitor + "/ns/net"));
            case Sandbox.Host() -> Optional.empty();
            case Sandbox.Joined(var other) -> Optional.of(Path.of("/proc/" + pidOf(other) + "/ns/net"));
        };
    }

    private int pidOf(io.caisson.kernel.ContainerId other) {
        TaskState state = host.tasks().find(other).map(Task::state).orElseGet(TaskState.Waiting::new);
        if (state instanceof TaskState.Running running) {
            return running.pid();
        }
        throw Fault.conflict("cannot join network of a non running container: " + other);
    }

    private StartedTask startRuntime() throws IOException {
        MonitorConnection connection = MonitorConnection.open(folder.socket());
        try {
            connection.send("start");
            MonitorReply reply = connection.next();
            return switch (reply) {
                case MonitorReply.Running(int pid) -> started(connection, pid);
                case MonitorReply.Failed(String error) -> throw failed(connection, error);
                case MonitorReply.Created() -> throw unexpected(reply);
                case MonitorReply.Exited other -> throw unexpected(reply);
                case MonitorReply.Closed() -> throw unexpected(reply);
            };
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private StartedTask started(MonitorConnection connection, int pid) throws IOException {
        Optional<Task.TerminalSize> size = task.size();
        if (size.isPresent()) {
            var _ = MonitorConnection.ask(folder.socket(), size.get().command());
        }
        host.tasks().running(task, pid);
        host.follower().follow(task, connection);
        return new StartedTask(pid, startedAt);
    }

    /** The monitor ends by itself then; its end is waited for, so that nothing is left when the caller hears of it. */
    private static Fault failed(MonitorConnection connection, String error) throws IOException {
        while (!(connection.next() instanceof MonitorReply.Closed)) {
            // until it has cleaned up
        }
        return RuntimeErrors.fault(error);
    }

    private static Fault unexpected(MonitorReply reply) {
        return Fault.internal("failed to create task for container: the monitor says " + reply, null);
    }
}
