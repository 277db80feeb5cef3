package io.caisson.container.api;

import io.caisson.bus.Port;
import io.caisson.bus.Unbounded;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.executor.api.FileChanges;
import io.caisson.executor.api.OpenedTree;
import io.caisson.executor.api.PathStat;
import io.caisson.kernel.Done;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Owns the lifecycle of containers.
 *
 * <p>Containers are found by full id, name (with or without a leading slash) or unambiguous id prefix; otherwise NOT_FOUND
 * {@code No such container: x}. Reads answer from the database without waiting for anything that is under way; writes to
 * one container happen one after the other. A write goes on to its end when its caller goes away.
 */
@Port("container")
public interface Containers {
    /** CONFLICT when the name is taken, NOT_FOUND {@code No such image: x:tag}, INVALID for what can never run. */
    @Unbounded
    Uni<CreatedContainer> create(CreateContainer command);

    /** NOT_MODIFIED when it runs already. INVALID with the runtime's words when the command cannot be executed. */
    @Unbounded
    Uni<Done> start(FindContainer command);

    /** NOT_MODIFIED when it does not run. */
    @Unbounded
    Uni<Done> stop(StopContainer command);

    @Unbounded
    Uni<Done> restart(StopContainer command);

    /** CONFLICT when it does not run. */
    @Unbounded
    Uni<Done> kill(KillContainer command);

    /** Freezes its processes. CONFLICT when it does not run or is paused. */
    Uni<Done> pause(FindContainer command);

    /** Lets them go on. */
    Uni<Done> unpause(FindContainer command);

    /** CONFLICT when it does not run, INVALID with ps's words. */
    Uni<ContainerProcesses> processes(ListContainerProcesses query);

    Uni<Done> rename(RenameContainer command);

    /**
     * INVALID where the container's network is the host's, another's or none; FORBIDDEN {@code endpoint with name x already
     * exists in network y}; NOT_FOUND {@code network x not found}.
     */
    @Unbounded
    Uni<Done> connect(ConnectNetwork command);

    @Unbounded
    Uni<Done> disconnect(DisconnectNetwork command);

    /** CONFLICT when it runs and force is not given. Ends the container first when it is. */
    @Unbounded
    Uni<Done> remove(RemoveContainer command);

    /**
     * The first item, {@link WaitEvent.Registered}, comes as soon as whatever happens next cannot be missed; then {@link
     * WaitEvent.Ended}.
     */
    Multi<WaitEvent> waitFor(WaitContainer query);

    Uni<ContainerDetail> inspect(FindContainer query);

    /** Newest first. */
    Uni<ContainerList> list(ListContainers query);

    /** Where to attach; a container that has not started yet can be attached to, and nothing is missed. */
    Uni<AttachedStream> attach(AttachContainer command);

    Uni<StreamTarget> logs(ReadContainerLogs query);

    Uni<Done> resize(ResizeContainer command);

    /** Records that a client has left an attached container by its detach keys (event {@code detach}). */
    Uni<Done> detached(FindContainer command);

    /** CONFLICT when the container does not run or is paused, INVALID without a command. */
    Uni<CreatedExec> createExec(CreateExec command);

    /**
     * Where to attach to an exec that {@link #startExec} is going to start: nothing of it is missed. NOT_FOUND {@code No such
     * exec instance: x}, CONFLICT when it was started already or its container does not run.
     */
    Uni<AttachedExec> attachExec(FindExec command);

    /** Once. Fails with the runtime's words when it cannot be executed; its exit code is 126 or 127 then. */
    @Unbounded
    Uni<Done> startExec(BeginExec command);

    Uni<Done> resizeExec(ResizeExecTerminal command);

    /** The exit code is known by the time that the exec's streams end, and for some minutes. */
    Uni<ExecDetail> inspectExec(FindExec query);

    /** Records that a client has left an exec by its detach keys (event {@code exec_detach}). */
    Uni<Done> execDetached(FindExec command);

    /** Removes all that do not run, and tells what that freed. One that will not go stays without complaint. */
    @Unbounded
    Uni<PrunedContainers> prune(PruneContainers command);

    /** What a container uses, also when it does not run. Samples that its reader is too slow for are left out. */
    Multi<ContainerStats> stats(ReadContainerStats query);

    /**
     * Changes limits, of a running container at once, and its restart policy. INVALID for what no container can have,
     * CONFLICT for what does not go together with what stays.
     */
    @Unbounded
    Uni<UpdatedContainer> update(UpdateContainer command);

    /** NOT_FOUND {@code Could not find the file x in container y}. */
    @Unbounded
    Uni<PathStat> lookAt(LookAtContainerPath query);

    /** Where to read a tar of what is at a path, and what that is (event {@code archive-path}). */
    @Unbounded
    Uni<OpenedTree> readTree(LookAtContainerPath query);

    /**
     * Where to send a tar to be unpacked, to be followed by {@link #treeWritten}. INVALID {@code extraction point is not a
     * directory}, FORBIDDEN {@code container rootfs is marked read-only}.
     */
    @Unbounded
    Uni<StreamTarget> writeTree(WriteContainerTree command);

    /** Records that a tar was unpacked (event {@code extract-to-dir}). */
    Uni<Done> treeWritten(FindContainer command);

    /** Where to read a tar of the root file system (event {@code export}). */
    Uni<StreamTarget> exportTree(FindContainer query);

    /** How the root file system differs from the image's. */
    Multi<FileChanges> changes(FindContainer query);

    /** Makes an image of the container's changes (event {@code commit}). INVALID for changes that are none. */
    @Unbounded
    Uni<CommittedContainer> commit(CommitContainer command);
}
