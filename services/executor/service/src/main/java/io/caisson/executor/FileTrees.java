package io.caisson.executor;

import io.caisson.bus.stream.StreamServer;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.bus.stream.Verdict;
import io.caisson.executor.api.ContainerFiles;
import io.caisson.executor.api.FileChange;
import io.caisson.executor.api.FileChanges;
import io.caisson.executor.api.LookAtPath;
import io.caisson.executor.api.OpenedTree;
import io.caisson.executor.api.PathStat;
import io.caisson.executor.api.WriteTree;
import io.caisson.executor.files.Extraction;
import io.caisson.executor.files.FilesView;
import io.caisson.executor.files.FilesView.Extent;
import io.caisson.executor.files.OwnLayer;
import io.caisson.executor.files.PathLookup;
import io.caisson.executor.files.TreeArchive;
import io.caisson.executor.spec.UserIdentity;
import io.caisson.kernel.Fault;
import io.caisson.linux.user.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is done with containers' files: each stream opens them when it is dialled, so that none is held open in vain. Blocks. */
final class FileTrees {
    private static final Logger LOG = Logger.getLogger(FileTrees.class);
    private static final int BLOCK = 512;
    private static final int AT_ONCE = 1_000;
    private static final int MOST_CHANGES = 1_000_000;

    private final FileViews views;
    private final StreamServer streams;

    FileTrees(FileViews views, StreamServer streams) {
        this.views = views;
        this.streams = streams;
    }

    PathStat lookAt(LookAtPath query) throws IOException {
        try (FilesView view = views.open(query.files(), Extent.ALL)) {
            return PathLookup.stat(view.files(), query.path());
        }
    }

    OpenedTree read(LookAtPath query) throws IOException {
        PathStat stat = lookAt(query);
        return new OpenedTree(stat, tar(out -> {
            try (FilesView view = views.open(query.files(), Extent.ALL)) {
                new TreeArchive(view.files(), out).whole(query.path());
            }
        }));
    }

    StreamTarget export(ContainerFiles files) {
        return tar(out -> {
            try (FilesView view = views.open(files, Extent.ROOT)) {
                new TreeArchive(view.files(), out).root();
            }
        });
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** One that fails half-way must not look whole: a tar may end anywhere between two entries, but not like this. */
    private StreamTarget tar(Writing work) {
        return streams.offer((_, out) -> {
            try {
                work.to(out);
            } catch (IOException | RuntimeException e) {
                LOG.warnf("Files of a container could not be read to their end: %s", e.getMessage());
                byte[] noHeader = new byte[BLOCK];
                Arrays.fill(noHeader, (byte) -1);
                out.write(noHeader);
                throw e;
            }
        });
    }

    /** What can be refused is refused before a byte comes. */
    StreamTarget write(WriteTree command) throws IOException {
        try (FilesView view = views.open(command.files(), Extent.WRITABLE)) {
            var _ = PathLookup.writableFolder(view.files(), command.files(), command.path());
        }
        return streams.offer((in, out) -> out.write(onOwnThread(() -> unpack(command, in))));
    }

    /** A thread of the kernel's waits for bytes at less cost than a virtual one: a third of the time of a big upload. */
    private static byte[] onOwnThread(Callable<byte[]> work) throws IOException {
        var task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform().name("unpack").start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private byte[] unpack(WriteTree command, InputStream in) throws IOException {
        try (FilesView view = views.open(command.files(), Extent.WRITABLE)) {
            String folder = PathLookup.writableFolder(view.files(), command.files(), command.path());
            Identity owner = owner(view, command.owner());
            try (var extraction = new Extraction(view.files(), folder, command.keepKinds(), owner)) {
                extraction.run(in);
            }
            return Verdict.ok();
        } catch (IOException | RuntimeException e) {
            return Verdict.of(Fault.of(e));
        }
    }

    private static @Nullable Identity owner(FilesView view, @Nullable String user) throws IOException {
        return user == null ? null : UserIdentity.identity(user, List.of(), view.files());
    }

    StreamTarget readChanges(ContainerFiles files) {
        return tar(out -> {
            try (OwnLayer layer = views.ownLayer(files.rootfs())) {
                layer.archive(out);
            }
        });
    }

    List<FileChanges> changes(ContainerFiles files) throws IOException {
        List<FileChange> all = new ArrayList<>();
        try (OwnLayer layer = views.ownLayer(files.rootfs())) {
            layer.changes(change -> {
                if (all.size() == MOST_CHANGES) {
                    throw Fault.internal("container " + files.container() + " has too many changes to list", null);
                }
                all.add(change);
            });
        }
        List<FileChanges> pieces = new ArrayList<>();
        for (int at = 0; at < all.size(); at += AT_ONCE) {
            pieces.add(new FileChanges(all.subList(at, Math.min(all.size(), at + AT_ONCE))));
        }
        return pieces;
    }
}
