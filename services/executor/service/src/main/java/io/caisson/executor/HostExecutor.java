package io.caisson.executor;

import io.caisson.bus.stream.StreamServer;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.executor.api.AttachExec;
import io.caisson.executor.api.AttachTask;
import io.caisson.executor.api.DescribeHost;
import io.caisson.executor.api.EnsureBridges;
import io.caisson.executor.api.HostInfo;
import io.caisson.executor.api.ListProcesses;
import io.caisson.executor.api.ReadLogs;
import io.caisson.executor.api.ReconnectTask;
import io.caisson.executor.api.RemoveBridge;
import io.caisson.executor.api.ReservePorts;
import io.caisson.executor.api.ReservedPorts;
import io.caisson.executor.api.ResizeTask;
import io.caisson.executor.api.SetNames;
import io.caisson.executor.api.SignalTask;
import io.caisson.executor.api.StartTask;
import io.caisson.executor.api.StartedTask;
import io.caisson.executor.api.TaskEvent;
import io.caisson.executor.api.TaskProcesses;
import io.caisson.executor.api.TaskRef;
import io.caisson.executor.api.TaskStatus;
import io.caisson.executor.api.TaskUsage;
import io.caisson.executor.api.UpdateTask;
import io.caisson.executor.api.WatchTasks;
import io.caisson.executor.groups.ContainerGroups;
import io.caisson.executor.host.HostFacts;
import io.caisson.executor.logs.LogReading;
import io.caisson.executor.monitor.MonitorConnection;
import io.caisson.executor.monitor.Monitors;
import io.caisson.executor.network.HostNetwork;
import io.caisson.executor.spec.HostNames;
import io.caisson.executor.spec.InitProgram;
import io.caisson.executor.task.Places;
import io.caisson.executor.task.TaskFolder;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Offload;
import io.caisson.linux.Mounts;
import io.caisson.linux.cgroup.CgroupLayout;
import io.caisson.linux.cgroup.Cgroups;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** The executor of this host: every command at a glance; what they do is in the classes they call. */
final class HostExecutor extends ExecCommands implements AutoCloseable {
    private static final int AT_ONCE = 64;

    private final Places places;
    private final Offload offload = new Offload("executor", AT_ONCE);

    private final Tasks tasks;
    private final HostNetwork network;
    private final TaskFollower follower;
    private final Execs execs;
    private final TaskControl control;
    private final TaskMeter meter;
    private final TaskRelease release;
    private final FileTrees trees;
    private final Host host;
    private final Upkeep upkeep;
    private final StreamServer streams;
    private final String runtime;
    private final AtomicBoolean closed = new AtomicBoolean();

    HostExecutor(Places places, Path monitor, Runtimes runtimes, boolean init, Ways ways, StreamServer streams) {
        this.places = places;
        this.streams = streams;
        this.runtime = runtimes.standard();
        this.tasks = new Tasks(places);
        this.network = HostNetwork.open(places.instance());
        var filters = new Filters(places);
        CgroupLayout layout = CgroupLayout.of(Mounts.list());
        var making = new Making(places, filters, layout, new ContainerGroups(layout), ways.making());
        var monitors = new Monitors(monitor, places);
        this.follower = new TaskFollower(tasks, network, monitors, making);
        this.execs = new Execs(places, tasks);
        this.control = new TaskControl(tasks);
        this.meter = new TaskMeter(tasks);
        var gate = new StoppedGate();
        this.trees = new FileTrees(new FileViews(places, tasks, gate), streams);
        this.release = new TaskRelease(places, tasks, execs, network, making);
        this.host = new Host(
                tasks,
                follower,
                execs,
                monitors,
                network,
                new HostNames(places),
                runtimes,
                new InitProgram(monitor.resolveSibling("caisson-init"), init),
                new Entering(filters, ways.entering()),
                making,
                gate,
                offload);
        this.upkeep = new Upkeep(places, host);
    }

    /** Finds what runs already and cleans up what does not; before any command. Blocks. */
    void reconcile() throws IOException {
        new Reconciliation(places, host).run();
        new ExecReconciliation(places, execs).run();
    }

    /** Goes on to its end when the caller goes away: half a start is worse than one that nobody waits for. */
    @Override
    public Uni<StartedTask> start(StartTask command) {
        return Uni.createFrom()
                .emitter(emitter ->
                        new StartSequence(host, command).run().subscribe().with(emitter::complete, emitter::fail));
    }

    /** By the monitor, whose child the process is: its number cannot mean another one. */
    @Override
    public Uni<Done> signal(SignalTask command) {
        return offload.run(() -> control.signal(command.container(), command.signal()));
    }

    static Fault notRunning(ContainerId container) {
        return Fault.conflict("container " + container + " is not running");
    }

    @Override
    public Uni<Done> pause(TaskRef command) {
        return offload.run(() -> control.freeze(command.container()));
    }

    @Override
    public Uni<Done> resume(TaskRef command) {
        return offload.run(() -> control.thaw(command.container()));
    }

    @Override
    public Uni<TaskProcesses> processes(ListProcesses query) {
        return offload.call(() -> control.processes(query.container(), query.psArgs()));
    }

    @Override
    public Uni<Done> resize(ResizeTask command) {
        return offload.run(() -> {
            Task task = tasks.of(command.container());
            var size = new Task.TerminalSize(command.rows(), command.columns());
            task.remember(size);
            if (task.state() instanceof TaskState.Running) {
                var _ = MonitorConnection.ask(task.folder().socket(), size.command());
            }
        });
    }

    /** Before the start nobody is there to reply: who waited for one would keep its client from asking for the start. */
    @Override
    public Uni<StreamTarget> attach(AttachTask command) {
        return offload.call(() -> {
            Task task = tasks.of(command.container());
            Path socket = task.dial();
            boolean reply = task.state() instanceof TaskState.Running;
            return target(socket, command.stdin(), command.stdout(), command.stderr(), reply);
        });
    }

    private static StreamTarget target(Path socket, boolean stdin, boolean stdout, boolean stderr, boolean reply) {
        String wanted = "attach stdin=%d stdout=%d stderr=%d reply=%d\n"
                .formatted(stdin ? 1 : 0, stdout ? 1 : 0, stderr ? 1 : 0, reply ? 1 : 0);
        return new StreamTarget("unix:" + socket, wanted, reply);
    }

    @Override
    public Uni<StreamTarget> attachExec(AttachExec command) {
        return offload.call(() -> {
            Path socket = execs.of(command.container(), command.exec()).dial();
            return target(socket, command.stdin(), command.stdout(), command.stderr(), false);
        });
    }

    @Override
    public Uni<StreamTarget> logs(ReadLogs command) {
        ContainerId container = command.container();
        BooleanSupplier running =
                () -> tasks.find(container).map(Task::isActive).orElse(false);
        TaskFolder folder = places.folder(container);
        return Uni.createFrom()
                .item(() -> streams.offer((in, out) ->
                        LogReading.of(folder, command, running, out).run(in)));
    }

    @Override
    public Uni<ReservedPorts> reservePorts(ReservePorts command) {
        return offload.call(() -> new ReservedPorts(network.ports().reserve(command.container(), command.requests())));
    }

    @Override
    public Uni<Done> releasePorts(TaskRef command) {
        return offload.run(() -> network.ports().release(command.container()));
    }

    @Override
    public Uni<Done> ensureBridges(EnsureBridges command) {
        return offload.run(() -> network.ensureBridges(command.bridges()));
    }

    @Override
    public Uni<Done> removeBridge(RemoveBridge command) {
        return offload.run(() -> network.removeBridge(command.name()));
    }

    /** Goes on to its end when the caller goes away, as a start does. */
    @Override
    public Uni<Done> reconnect(ReconnectTask command) {
        return Uni.createFrom().emitter(emitter -> offload.run(() -> new ReconnectSequence(host).run(command.network()))
                .subscribe()
                .with(emitter::complete, emitter::fail));
    }

    @Override
    public Uni<Done> setNames(SetNames command) {
        return Uni.createFrom().item(() -> {
            network.names().book().set(command.tables(), command.removed());
            return Done.DONE;
        });
    }

    @Override
    public Multi<TaskEvent> watch(WatchTasks query) {
        return tasks.watch();
    }

    @Override
    public Uni<Done> release(TaskRef command) {
        return offload.run(() -> release.release(command.container()));
    }

    @Override
    public Uni<Done> purge(TaskRef command) {
        return offload.run(() -> release.purge(command.container()));
    }

    @Override
    public Uni<HostInfo> info(DescribeHost query) {
        return offload.call(() -> HostFacts.gather(runtime));
    }

    @Override
    public Uni<TaskStatus> taskStatus(TaskRef query) {
        return offload.call(() -> {
            upkeep.check(query.container());
            return tasks.status(query.container());
        });
    }

    /** Mends what went wrong unseen; between commands, as often as one likes. */
    Uni<Done> mend() {
        return offload.run(upkeep::run);
    }

    @Override
    public Uni<TaskUsage> usage(TaskRef query) {
        return offload.call(() -> meter.usage(query.container()));
    }

    @Override
    public Uni<Done> update(UpdateTask command) {
        return offload.run(() -> new UpdateSequence(host, places.runtimeRoot(), command).run());
    }

    @Override
    Host host() {
        return host;
    }

    @Override
    FileTrees trees() {
        return trees;
    }

    /** Containers and their monitors go on; what they publish does, too. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        follower.close();
        execs.close();
        tasks.close();
        closeProbes();
        offload.close();
        closeFiles();
        if (!tasks.anyRunning()) {
            network.dismantle();
            var _ = Cgroups.detect().remove(places.cgroupParent());
        }
        network.close();
    }
}
