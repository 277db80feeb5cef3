package io.caisson.container;

import io.caisson.bus.stream.StreamTarget;
import io.caisson.container.api.Containers;
import io.caisson.container.api.FindContainer;
import io.caisson.container.api.LookAtContainerPath;
import io.caisson.container.api.WriteContainerTree;
import io.caisson.executor.api.FileChanges;
import io.caisson.executor.api.OpenedTree;
import io.caisson.executor.api.PathStat;
import io.caisson.kernel.Done;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What the port {@link Containers} offers about files. */
abstract class FileService implements Containers {
    abstract FilesSequence files();

    @Override
    public Uni<PathStat> lookAt(LookAtContainerPath query) {
        return files().lookAt(query);
    }

    @Override
    public Uni<OpenedTree> readTree(LookAtContainerPath query) {
        return files().read(query);
    }

    @Override
    public Uni<StreamTarget> writeTree(WriteContainerTree command) {
        return files().write(command);
    }

    @Override
    public Uni<Done> treeWritten(FindContainer command) {
        return files().written(command.nameOrId());
    }

    @Override
    public Uni<StreamTarget> exportTree(FindContainer query) {
        return files().export(query.nameOrId());
    }

    @Override
    public Multi<FileChanges> changes(FindContainer query) {
        return files().changes(query.nameOrId());
    }
}
