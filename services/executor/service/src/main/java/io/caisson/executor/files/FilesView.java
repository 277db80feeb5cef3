package io.caisson.executor.files;

import io.caisson.executor.api.ContainerFiles;
import io.caisson.kernel.Fault;
import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.LinuxException;
import io.caisson.linux.Mounts;
import io.caisson.linux.Namespaces;
import io.caisson.linux.file.RootedFiles;
import io.caisson.oci.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A container's files from its root, in a mount namespace of its own: what is mounted for it is seen by nobody else and is
 * gone when it is closed.
 */
public final class FilesView implements AutoCloseable {
    private static final int FOLDER_MODE = 0755;

    private final Fd namespace;
    private final RootedFiles files;
    private final Runnable onClose;

    private FilesView(Fd namespace, RootedFiles files, Runnable onClose) {
        this.namespace = namespace;
        this.files = files;
        this.onClose = onClose;
    }

    /** How much of a container's files is to be seen. */
    public enum Extent {
        /** The root file system alone. */
        ROOT,
        /** And what is bound over it. */
        ALL,
        /** The same, to be written to: what is read-only refuses that. */
        WRITABLE
    }

    /**
     * Of a container that runs.
     *
     * @param namespace a copy of the one that its monitor mounted the root file system in; closed with the view
     */
    public static FilesView running(Fd namespace, Path root, ContainerFiles container, Extent extent) {
        return in(namespace, () -> {}, () -> open(root, container, extent));
    }

    /**
     * Of a container that does not run, and will not while the view is open.
     *
     * @param folder an empty one, to mount the root file system on
     * @param onClose run at the end, also when this fails
     */
    public static FilesView stopped(Path folder, ContainerFiles container, Extent extent, Runnable onClose) {
        Fd namespace;
        try {
            namespace = Namespaces.newMounts();
        } catch (RuntimeException e) {
            onClose.run();
            throw e;
        }
        return in(namespace, onClose, () -> {
            Mount root = container.rootfs();
            if (!root.type().equals("overlay")) {
                return open(Path.of(root.source()), container, extent);
            }
            Mounts.mount(root.source(), folder, root.type(), 0, String.join(",", root.options()));
            return open(folder, container, extent);
        });
    }

    private static FilesView in(Fd namespace, Runnable onClose, Callable<RootedFiles> work) {
        try {
            return new FilesView(namespace, Namespaces.inMounts(namespace, work), onClose);
        } catch (RuntimeException e) {
            namespace.close();
            onClose.run();
            throw e;
        }
    }

    private static RootedFiles open(Path root, ContainerFiles container, Extent extent) throws IOException {
        RootedFiles files = RootedFiles.at(root);
        try {
            if (extent != Extent.ROOT) {
                bind(files, container.mounts());
            }
            if (extent == Extent.WRITABLE && container.readOnly()) {
                protect(root);
            }
            return files;
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static void bind(RootedFiles files, List<Mount> mounts) throws IOException {
        for (Mount mount : mounts) {
            Path source = Path.of(mount.source());
            try (Fd place = place(files, mount.destination(), Files.isDirectory(source))) {
                Mounts.bind(source, place.path(), !mount.options().contains("bind"));
            }
            if (mount.options().contains("ro") || mount.options().contains("rro")) {
                try (Fd mounted = files.open(mount.destination(), Fd.O_PATH, 0)) {
                    protect(mounted.path());
                }
            }
        }
    }

    private static void protect(Path mounted) {
        Mounts.mount("none", mounted, null, Mounts.MS_BIND | Mounts.MS_REMOUNT | Mounts.MS_RDONLY, null);
    }

    /** Where something is to be mounted; made where it is missing, as a start would make it. */
    private static Fd place(RootedFiles files, String path, boolean folder) throws IOException {
        try {
            return files.open(path, Fd.O_PATH, 0);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            String real = LinkFollowing.follow(files, path);
            files.mkdirs(folder ? real : real.substring(0, real.lastIndexOf('/')), FOLDER_MODE);
            if (!folder) {
                files.write(real, FOLDER_MODE).close();
            }
            return files.open(real, Fd.O_PATH, 0);
        }
    }

    public RootedFiles files() {
        return files;
    }

    /** Whether {@code path} is below a mount, and that one can be written to. Throws FORBIDDEN with Docker's words else. */
    static void requireWritable(ContainerFiles container, String path) {
        List<Mount> above = container.mounts().stream()
                .filter(mount -> path.equals(mount.destination()) || path.startsWith(mount.destination() + "/"))
                .toList();
        if (above.isEmpty() && container.readOnly()) {
            throw new Fault(Fault.Kind.FORBIDDEN, "container rootfs is marked read-only");
        }
        if (!above.isEmpty()
                && (above.getLast().options().contains("ro")
                        || above.getLast().options().contains("rro"))) {
            throw new Fault(Fault.Kind.FORBIDDEN, "mounted volume is marked read-only");
        }
    }

    @Override
    public void close() {
        files.close();
        namespace.close();
        onClose.run();
    }
}
