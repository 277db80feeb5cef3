package io.caisson.container;

import io.caisson.bus.stream.StreamTarget;
import io.caisson.container.api.LookAtContainerPath;
import io.caisson.container.api.WriteContainerTree;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.model.Definition;
import io.caisson.container.mounts.HostPaths;
import io.caisson.container.mounts.MountMapping;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.ContainerFiles;
import io.caisson.executor.api.FileChanges;
import io.caisson.executor.api.FilesRef;
import io.caisson.executor.api.LookAtPath;
import io.caisson.executor.api.OpenedTree;
import io.caisson.executor.api.PathStat;
import io.caisson.executor.api.WriteTree;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.SnapshotRef;
import io.caisson.oci.Mount;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code docker cp}, {@code diff} and {@code export}: where the files are, and where their bytes can be had. */
@ApplicationScoped
class FilesSequence {
    private final ContainerStore store;
    private final HostPaths hostPaths;
    private final Peers peers;

    FilesSequence(ContainerStore store, HostPaths hostPaths, Peers peers) {
        this.store = store;
        this.hostPaths = hostPaths;
        this.peers = peers;
    }

    Uni<PathStat> lookAt(LookAtContainerPath query) {
        return withFiles(query.nameOrId(), (container, files) -> peers.executor()
                        .lookAt(new LookAtPath(container.node(), files, query.path())))
                .onFailure(Fault.class)
                .transform(error -> named(error, query.path(), query.nameOrId()));
    }

    Uni<OpenedTree> read(LookAtContainerPath query) {
        return withFiles(query.nameOrId(), (container, files) -> peers.executor()
                        .readTree(new LookAtPath(container.node(), files, query.path()))
                        .call(() -> store.tell(ContainerEvents.of(container, "archive-path"))))
                .onFailure(Fault.class)
                .transform(error -> named(error, query.path(), query.nameOrId()));
    }

    Uni<StreamTarget> write(WriteContainerTree command) {
        return withFiles(command.nameOrId(), (container, files) -> peers.executor()
                        .writeTree(new WriteTree(
                                container.node(),
                                files,
                                command.path(),
                                command.keepKinds(),
                                command.copyUidGid() ? owner(container) : null)))
                .onFailure(Fault.class)
                .transform(error -> named(error, command.path(), command.nameOrId()));
    }

    /** A container without a user of its own keeps the owners in the tar, as Docker does. */
    private static @Nullable String owner(Container container) {
        String user = Absent.text(container.definition().config().user());
        return user.isEmpty() ? null : user;
    }

    /** The executor knows containers by their ids, clients by what they called them. */
    private static Throwable named(Throwable error, String path, String container) {
        return error instanceof Fault fault
                        && fault.kind() == Fault.Kind.NOT_FOUND
                        && fault.message().equals(path)
                ? new Fault(
                        Fault.Kind.NOT_FOUND, "Could not find the file " + path + " in container " + container, error)
                : error;
    }

    Uni<Done> written(String nameOrId) {
        return store.find(nameOrId)
                .chain(container -> store.tell(ContainerEvents.of(container, "extract-to-dir")))
                .replaceWith(Done.DONE);
    }

    Uni<StreamTarget> export(String nameOrId) {
        return withFiles(nameOrId, (container, files) -> peers.executor()
                .exportTree(new FilesRef(container.node(), files))
                .call(() -> store.tell(ContainerEvents.of(container, "export"))));
    }

    Multi<FileChanges> changes(String nameOrId) {
        return store.find(nameOrId).onItem().transformToMulti(container -> files(container)
                .onItem()
                .transformToMulti(files -> peers.executor().changes(new FilesRef(container.node(), files))));
    }

    /** Where the changes can be read as a layer. */
    Uni<StreamTarget> layer(Container container) {
        return files(container).chain(files -> peers.executor().readChanges(new FilesRef(container.node(), files)));
    }

    private interface OnFiles<T> {
        Uni<T> apply(Container container, ContainerFiles files);
    }

    private <T> Uni<T> withFiles(String nameOrId, OnFiles<T> work) {
        return store.find(nameOrId).chain(container -> hostPaths
                .ensure(container.node(), container.definition().mounts())
                .chain(() -> files(container))
                .chain(files -> work.apply(container, files)));
    }

    private Uni<ContainerFiles> files(Container container) {
        Definition definition = container.definition();
        var snapshot = new SnapshotRef(
                definition.node(), new SnapshotId(definition.id().value()));
        Function<Mount, ContainerFiles> over = root -> new ContainerFiles(
                definition.id(),
                root,
                bound(definition),
                definition.hostConfig().readonlyRootfs());
        return peers.layers().snapshot(snapshot).map(info -> over.apply(info.mount()));
    }

    /** Parents first, as they are mounted at a start. */
    private static List<Mount> bound(Definition definition) {
        return MountMapping.inOrder(definition.mounts()).stream()
                .map(mount -> MountMapping.runtime(mount, false))
                .filter(mount -> mount.type().equals("bind"))
                .toList();
    }
}
