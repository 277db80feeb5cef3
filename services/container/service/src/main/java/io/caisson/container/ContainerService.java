package io.caisson.container;

import io.caisson.bus.Ports;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.container.api.AttachContainer;
import io.caisson.container.api.AttachedExec;
import io.caisson.container.api.AttachedStream;
import io.caisson.container.api.BeginExec;
import io.caisson.container.api.CommitContainer;
import io.caisson.container.api.CommittedContainer;
import io.caisson.container.api.ConnectNetwork;
import io.caisson.container.api.ContainerDetail;
import io.caisson.container.api.ContainerList;
import io.caisson.container.api.ContainerProcesses;
import io.caisson.container.api.ContainerStats;
import io.caisson.container.api.Containers;
import io.caisson.container.api.CreateContainer;
import io.caisson.container.api.CreateExec;
import io.caisson.container.api.CreatedContainer;
import io.caisson.container.api.CreatedExec;
import io.caisson.container.api.DisconnectNetwork;
import io.caisson.container.api.ExecDetail;
import io.caisson.container.api.FindContainer;
import io.caisson.container.api.FindExec;
import io.caisson.container.api.KillContainer;
import io.caisson.container.api.ListContainerProcesses;
import io.caisson.container.api.ListContainers;
import io.caisson.container.api.PruneContainers;
import io.caisson.container.api.PrunedContainers;
import io.caisson.container.api.ReadContainerLogs;
import io.caisson.container.api.ReadContainerStats;
import io.caisson.container.api.RemoveContainer;
import io.caisson.container.api.RenameContainer;
import io.caisson.container.api.ResizeContainer;
import io.caisson.container.api.ResizeExecTerminal;
import io.caisson.container.api.StopContainer;
import io.caisson.container.api.UpdateContainer;
import io.caisson.container.api.UpdatedContainer;
import io.caisson.container.api.WaitContainer;
import io.caisson.container.api.WaitEvent;
import io.caisson.container.model.Container;
import io.caisson.container.store.ContainerStore;
import io.caisson.container.store.ExecStore;
import io.caisson.kernel.Done;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The port {@link Containers}, offered on the bus. Writes go on to their end when their caller goes away. */
@ApplicationScoped
class ContainerService extends FileService {
    private final ContainerStore store;
    private final Turns turns;
    private final Views views;
    private final CreateSequence create;
    private final StartSequence start;
    private final StopSequence stop;
    private final RestartSequence restart;
    private final KillSequence kill;
    private final RenameSequence rename;
    private final RemoveSequence remove;
    private final NetworkSequence networks;
    private final WaitSequence wait;
    private final ListSequence list;
    private final StreamSequence streams;
    private final PauseSequence pause;
    private final ExecStore execStore;
    private final ExecSequence exec;
    private final ExecEndings execEndings;
    private final PruneSequence prune;
    private final StatsSequence stats;
    private final UpdateSequence update;
    private final FilesSequence files;
    private final CommitSequence commit;

    ContainerService(
            ContainerStore store,
            Turns turns,
            Views views,
            CreateSequence create,
            StartSequence start,
            StopSequence stop,
            RestartSequence restart,
            KillSequence kill,
            RenameSequence rename,
            RemoveSequence remove,
            NetworkSequence networks,
            WaitSequence wait,
            ListSequence list,
            StreamSequence streams,
            PauseSequence pause,
            ExecStore execStore,
            ExecSequence exec,
            ExecEndings execEndings,
            PruneSequence prune,
            StatsSequence stats,
            UpdateSequence update,
            FilesSequence files,
            CommitSequence commit) {
        this.store = store;
        this.turns = turns;
        this.views = views;
        this.create = create;
        this.start = start;
        this.stop = stop;
        this.restart = restart;
        this.kill = kill;
        this.rename = rename;
        this.remove = remove;
        this.networks = networks;
        this.wait = wait;
        this.list = list;
        this.streams = streams;
        this.pause = pause;
        this.execStore = execStore;
        this.exec = exec;
        this.execEndings = execEndings;
        this.prune = prune;
        this.stats = stats;
        this.update = update;
        this.files = files;
        this.commit = commit;
    }

    @Override
    FilesSequence files() {
        return files;
    }

    void atStart(@Observes StartupEvent event, Ports ports) {
        ports.serve(Containers.class, this);
    }

    @Override
    public Uni<CreatedContainer> create(CreateContainer command) {
        return turns.detached(create.create(command));
    }

    @Override
    public Uni<Done> start(FindContainer command) {
        return store.find(command.nameOrId()).map(Container::id).chain(start::start);
    }

    @Override
    public Uni<Done> stop(StopContainer command) {
        return turns.detached(stop.stop(command));
    }

    @Override
    public Uni<Done> restart(StopContainer command) {
        return turns.detached(restart.restart(command));
    }

    @Override
    public Uni<Done> kill(KillContainer command) {
        return turns.detached(kill.kill(command.nameOrId(), command.signal()));
    }

    @Override
    public Uni<Done> pause(FindContainer command) {
        return pause.pause(command.nameOrId());
    }

    @Override
    public Uni<Done> unpause(FindContainer command) {
        return pause.unpause(command.nameOrId());
    }

    @Override
    public Uni<ContainerProcesses> processes(ListContainerProcesses query) {
        return pause.processes(query);
    }

    @Override
    public Uni<Done> rename(RenameContainer command) {
        return rename.rename(command);
    }

    @Override
    public Uni<Done> remove(RemoveContainer command) {
        return turns.detached(remove.remove(command));
    }

    @Override
    public Uni<Done> connect(ConnectNetwork command) {
        return networks.connect(command);
    }

    @Override
    public Uni<Done> disconnect(DisconnectNetwork command) {
        return networks.disconnect(command);
    }

    @Override
    public Multi<WaitEvent> waitFor(WaitContainer query) {
        return wait.waitFor(query);
    }

    @Override
    public Uni<ContainerDetail> inspect(FindContainer query) {
        return store.find(query.nameOrId())
                .chain(container -> execStore.open(container.id()).map(execs -> views.detail(container, execs)));
    }

    @Override
    public Uni<ContainerList> list(ListContainers query) {
        return list.list(query);
    }

    @Override
    public Uni<AttachedStream> attach(AttachContainer command) {
        return streams.attach(command);
    }

    @Override
    public Uni<StreamTarget> logs(ReadContainerLogs query) {
        return streams.logs(query);
    }

    @Override
    public Uni<Done> resize(ResizeContainer command) {
        return streams.resize(command);
    }

    @Override
    public Uni<Done> detached(FindContainer command) {
        return streams.detached(command.nameOrId());
    }

    @Override
    public Uni<CreatedExec> createExec(CreateExec command) {
        return exec.create(command);
    }

    @Override
    public Uni<AttachedExec> attachExec(FindExec command) {
        return exec.attach(command.id());
    }

    @Override
    public Uni<Done> startExec(BeginExec command) {
        return turns.detached(exec.start(command));
    }

    @Override
    public Uni<Done> resizeExec(ResizeExecTerminal command) {
        return exec.resize(command);
    }

    @Override
    public Uni<ExecDetail> inspectExec(FindExec query) {
        return execEndings.inspect(query.id());
    }

    @Override
    public Uni<Done> execDetached(FindExec command) {
        return exec.detached(command.id());
    }

    @Override
    public Uni<PrunedContainers> prune(PruneContainers command) {
        return turns.detached(prune.prune(command));
    }

    @Override
    public Multi<ContainerStats> stats(ReadContainerStats query) {
        return stats.stats(query);
    }

    @Override
    public Uni<UpdatedContainer> update(UpdateContainer command) {
        return turns.detached(update.update(command));
    }

    @Override
    public Uni<CommittedContainer> commit(CommitContainer command) {
        return turns.detached(commit.commit(command));
    }
}
