package io.caisson.executor;

import io.caisson.executor.api.ContainerFiles;
import io.caisson.executor.files.FilesView;
import io.caisson.executor.files.FilesView.Extent;
import io.caisson.executor.files.OwnLayer;
import io.caisson.executor.task.Places;
import io.caisson.executor.task.TaskFolder;
import io.caisson.kernel.Fault;
import io.caisson.linux.Fd;
import io.caisson.linux.LinuxException;
import io.caisson.linux.Namespaces;
import io.caisson.oci.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens containers' files: of one that runs, the mount that its monitor made; of one that does not, a mount of our own,
 * which keeps it from being started meanwhile. Blocks.
 */
final class FileViews {
    private static final int ATTEMPTS = 500;
    private static final int PAUSE_MILLIS = 20;

    private final Places places;
    private final Tasks tasks;
    private final StoppedGate gate;

    FileViews(Places places, Tasks tasks, StoppedGate gate) {
        this.places = places;
        this.tasks = tasks;
        this.gate = gate;
    }

    FilesView open(ContainerFiles asked, Extent extent) throws IOException {
        ContainerFiles files = withGenerated(asked);
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<FilesView> view = attempt(files, extent);
            if (view.isPresent()) {
                return view.get();
            }
            pause();
        }
        throw new Fault(Fault.Kind.UNAVAILABLE, "container " + files.container() + " is being started");
    }

    /** Empty while it starts or ends. */
    private Optional<FilesView> attempt(ContainerFiles files, Extent extent) throws IOException {
        Runnable free = gate.take(files.container());
        Optional<Task> task = tasks.find(files.container());
        if (task.filter(Task::isActive).isEmpty()) {
            return Optional.of(stopped(files, extent, task, free));
        }
        free.run();
        return task.get().state() instanceof TaskState.Running ? running(task.get(), files, extent) : Optional.empty();
    }

    private FilesView stopped(ContainerFiles files, Extent extent, Optional<Task> task, Runnable free)
            throws IOException {
        Path folder;
        try {
            task.ifPresent(Task::awaitCleanup);
            folder = folder();
        } catch (IOException | RuntimeException e) {
            free.run();
            throw e;
        }
        return FilesView.stopped(folder, files, extent, free);
    }

    private Optional<FilesView> running(Task task, ContainerFiles files, Extent extent) throws IOException {
        TaskFolder folder = task.folder();
        Fd namespace;
        try (Fd monitors = Namespaces.ofProcess(monitor(folder), Namespaces.Kind.MOUNT)) {
            if (!(task.state() instanceof TaskState.Running)) {
                return Optional.empty();
            }
            namespace = Namespaces.newMounts(monitors);
        } catch (LinuxException | NumberFormatException | NoSuchFileException e) {
            if (task.state() instanceof TaskState.Running) {
                throw new IOException("cannot reach the files of container " + files.container(), e);
            }
            return Optional.empty();
        }
        boolean overlay = files.rootfs().type().equals("overlay");
        Path root = overlay ? folder.rootfs() : Path.of(files.rootfs().source());
        return Optional.of(FilesView.running(namespace, root, files, extent));
    }

    private static long monitor(TaskFolder folder) throws IOException {
        return Long.parseLong(Files.readString(folder.monitorPidFile()).strip());
    }

    OwnLayer ownLayer(Mount rootfs) throws IOException {
        return new OwnLayer(rootfs, folder());
    }

    /** An empty folder: what is mounted on it is seen in one namespace only. */
    private Path folder() throws IOException {
        return Files.createDirectories(places.tasks().resolveSibling("files"));
    }

    /** And the files that were generated at the last start, where the user has mounted no others. */
    private ContainerFiles withGenerated(ContainerFiles files) {
        TaskFolder folder = places.folder(files.container());
        List<Mount> all = new ArrayList<>();
        addGenerated(all, files, folder.hostname(), "/etc/hostname");
        addGenerated(all, files, folder.hosts(), "/etc/hosts");
        addGenerated(all, files, folder.resolvConf(), "/etc/resolv.conf");
        all.addAll(files.mounts());
        return new ContainerFiles(files.container(), files.rootfs(), all, files.readOnly());
    }

    private static void addGenerated(List<Mount> all, ContainerFiles files, Path file, String target) {
        boolean taken =
                files.mounts().stream().anyMatch(mount -> mount.destination().equals(target));
        if (!taken && Files.exists(file)) {
            all.add(new Mount("bind", file.toString(), target, List.of("rbind")));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Kind.CANCELLED, "interrupted", e);
        }
    }
}
