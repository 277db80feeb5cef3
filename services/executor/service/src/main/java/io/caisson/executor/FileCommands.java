package io.caisson.executor;

import io.caisson.bus.stream.StreamTarget;
import io.caisson.executor.api.Executor;
import io.caisson.executor.api.FileChanges;
import io.caisson.executor.api.FilesRef;
import io.caisson.executor.api.LookAtPath;
import io.caisson.executor.api.OpenedTree;
import io.caisson.executor.api.PathStat;
import io.caisson.executor.api.WriteTree;
import io.caisson.kernel.Offload;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The executor's commands about files of containers. They may wait for each other as long as a client takes to read. */
abstract class FileCommands implements Executor {
    private static final int AT_ONCE = 64;

    private final Offload files = new Offload("executor-files", AT_ONCE);

    abstract FileTrees trees();

    @Override
    public Uni<PathStat> lookAt(LookAtPath query) {
        return files.call(() -> trees().lookAt(query));
    }

    @Override
    public Uni<OpenedTree> readTree(LookAtPath query) {
        return files.call(() -> trees().read(query));
    }

    @Override
    public Uni<StreamTarget> writeTree(WriteTree command) {
        return files.call(() -> trees().write(command));
    }

    @Override
    public Uni<StreamTarget> exportTree(FilesRef query) {
        return Uni.createFrom().item(() -> trees().export(query.files()));
    }

    @Override
    public Multi<FileChanges> changes(FilesRef query) {
        return files.call(() -> trees().changes(query.files())).onItem().transformToMulti(pieces -> Multi.createFrom()
                .iterable(pieces));
    }

    @Override
    public Uni<StreamTarget> readChanges(FilesRef query) {
        return Uni.createFrom().item(() -> trees().readChanges(query.files()));
    }

    void closeFiles() {
        files.close();
    }
}
