package io.caisson.executor.api;

import io.caisson.bus.Port;
import io.caisson.bus.Unbounded;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.kernel.Done;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Carries out what others plan, on one node, through the kernel and an OCI runtime. The only part that needs root.
 *
 * <p>It keeps no table: its truth is the host. A <em>task</em> is one run of a container; it lives from {@link #start}
 * until {@link #release}, across restarts of the executor.
 */
@Port("executor")
public interface Executor {
    /**
     * Does all host work of a start: monitor, root file system, network, runtime. When it fails nothing is left behind and
     * the fault carries the runtime's own words (INVALID when the image or command cannot run, so that a client can tell).
     */
    @Unbounded
    Uni<StartedTask> start(StartTask command);

    /** Sends a signal to the container's init. CONFLICT when it is not running. */
    Uni<Done> signal(SignalTask command);

    /** Freezes all processes of a running container; done already is fine. CONFLICT when it does not run. */
    Uni<Done> pause(TaskRef command);

    /** Lets them go on; done already is fine. CONFLICT when it does not run. */
    Uni<Done> resume(TaskRef command);

    /** The processes of a running container as the host sees them. INVALID with ps's words for arguments it does not take. */
    Uni<TaskProcesses> processes(ListProcesses query);

    /** Sets the terminal's size; remembered when the container has not started yet. */
    Uni<Done> resize(ResizeTask command);

    /**
     * Where to attach to a container's streams, before its start or while it runs: the monitor's own socket, which speaks
     * Docker's stdcopy framing (raw bytes with a terminal). An attach before the start misses nothing; nobody replies to it
     * until then, so its target asks for no reply.
     */
    Uni<StreamTarget> attach(AttachTask command);

    /**
     * Where to attach to the streams of a process that {@link #startExec} is about to add; nothing of it is missed. Nobody
     * replies until then. A stream nobody starts a process for ends with its container.
     */
    Uni<StreamTarget> attachExec(AttachExec command);

    /**
     * Adds a process to a running container, once per id. CONFLICT when the container does not run or the process was started
     * already; with the runtime's words when it cannot be executed, and nothing is left then.
     */
    @Unbounded
    Uni<StartedExec> startExec(StartExec command);

    /** Sets the size of an added process's terminal; remembered when it has not started yet. */
    Uni<Done> resizeExec(ResizeExec command);

    /** How an added process is. Its exit code is known before its streams end. */
    Uni<ExecStatus> execStatus(ExecRef query);

    /** Removes what an added process left on the host; not while it runs (CONFLICT). Done already is fine. */
    Uni<Done> forgetExec(ExecRef command);

    /** Where to read a container's log, framed for the client as Docker frames it. */
    Uni<StreamTarget> logs(ReadLogs command);

    /** Binds host ports for a container that is about to start; all or none. INTERNAL with Docker's text when one is taken. */
    Uni<ReservedPorts> reservePorts(ReservePorts command);

    /** Gives back ports that were reserved for a start that did not happen. */
    Uni<Done> releasePorts(TaskRef command);

    /** Makes sure that these bridges and their rules are there, before any container needs them. */
    Uni<Done> ensureBridges(EnsureBridges command);

    /** Deletes a bridge and its rules; done already is fine. */
    Uni<Done> removeBridge(RemoveBridge command);

    /**
     * Makes a running task's network what the plan says: what is not in it goes, what is new comes, the rest stays as it is.
     * CONFLICT when it does not run; when something else fails its network is as before.
     */
    Uni<Done> reconnect(ReconnectTask command);

    /** Replaces tables of names by newer ones, at once for all containers. */
    Uni<Done> setNames(SetNames command);

    /** Every task of the node now, then a {@link TaskEvent.Listed}, then changes as they happen. */
    Multi<TaskEvent> watch(WatchTasks query);

    /** Removes what a task left on the host but its log; not while it runs (CONFLICT). Done already is fine. */
    Uni<Done> release(TaskRef command);

    /** {@link #release}, and the log and generated files too. */
    Uni<Done> purge(TaskRef command);

    /** Facts about the node, for {@code info} and {@code version}. */
    Uni<HostInfo> info(DescribeHost query);

    /** How a task is now: for somebody who has missed the news. What is said to run has been looked at. */
    Uni<TaskStatus> taskStatus(TaskRef query);

    /** What a running task uses now. CONFLICT when it does not run. */
    Uni<TaskUsage> usage(TaskRef query);

    /** Changes limits of a running container. CONFLICT when it does not run, else with the runtime's words. */
    Uni<Done> update(UpdateTask command);

    /**
     * Adds a process to a running container, waits for its end, and leaves nothing of it. CONFLICT when the container does not
     * run; with the runtime's words when it cannot be executed.
     */
    @Unbounded
    Uni<ProbeResult> probe(RunProbe command);

    /** NOT_FOUND when there is nothing at that path. */
    @Unbounded
    Uni<PathStat> lookAt(LookAtPath query);

    /**
     * Where to read a tar of what is at a path, with everything below it; its entries begin with the path's last component.
     * While it is read from a container that does not run, a start of that container waits.
     */
    @Unbounded
    Uni<OpenedTree> readTree(LookAtPath query);

    /**
     * Where to send a tar that is to be unpacked; the receiver answers with an {@link io.caisson.bus.stream.Verdict}.
     * NOT_FOUND when the folder does not exist, INVALID when it is none, FORBIDDEN when it is read-only.
     */
    @Unbounded
    Uni<StreamTarget> writeTree(WriteTree command);

    /** Where to read a tar of the whole root file system, without what is mounted over it. */
    Uni<StreamTarget> exportTree(FilesRef query);

    /** How the root file system differs from the image's, folders before what is in them. */
    Multi<FileChanges> changes(FilesRef query);

    /** Where to read the same as a layer's tar, with deletions marked as the OCI image specification says. */
    Uni<StreamTarget> readChanges(FilesRef query);
}
