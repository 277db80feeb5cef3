package io.caisson.executor.files;

import io.caisson.kernel.Fault;
import io.caisson.linux.Fd;
import io.caisson.linux.Mounts;
import io.caisson.linux.Namespaces;
import io.caisson.linux.file.RootedFiles;
import io.caisson.oci.Mount;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A container's own layer beside its image's, told apart by the options of its overlay mount. */
public final class OwnLayer implements AutoCloseable {
    private final Fd namespace;
    private final List<RootedFiles> open = new ArrayList<>();

    /** @param folder an empty one, to show the image on; nobody else sees that */
    public OwnLayer(Mount rootfs, Path folder) {
        if (!rootfs.type().equals("overlay")) {
            throw Fault.unsupported("changes of a root file system of type " + rootfs.type() + " are not implemented");
        }
        namespace = Namespaces.newMounts();
        try {
            open.add(RootedFiles.at(Path.of(option(rootfs, "upperdir"))));
            List<String> layers = List.of(option(rootfs, "lowerdir").split(":"));
            open.add(Namespaces.inMounts(namespace, () -> image(layers, folder)));
            layers.forEach(layer -> open.add(RootedFiles.at(Path.of(layer))));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static String option(Mount rootfs, String name) {
        return rootfs.options().stream()
                .filter(option -> option.startsWith(name + "="))
                .map(option -> option.substring(name.length() + 1))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("overlay without " + name));
    }

    private static RootedFiles image(List<String> layers, Path folder) {
        if (layers.size() == 1) {
            return RootedFiles.at(Path.of(layers.getFirst()));
        }
        Mounts.mount("overlay", folder, "overlay", Mounts.MS_RDONLY, "lowerdir=" + String.join(":", layers));
        return RootedFiles.at(folder);
    }

    /** See {@link ChangesWalk#run}. */
    public void changes(ChangesWalk.Told told) throws IOException {
        new ChangesWalk(open.getFirst(), open.get(1), open.subList(2, open.size()), told).run();
    }

    /** The changes as a layer's tar. */
    public void archive(OutputStream out) throws IOException {
        var tar = new TreeArchive(open.getFirst(), out);
        changes(change -> {
            String path = change.path().substring(1);
            switch (change.kind()) {
                case ADDED, MODIFIED -> {
                    var _ = tar.add(change.path(), path);
                }
                case DELETED -> {
                    int name = path.lastIndexOf('/') + 1;
                    tar.whiteout(path.substring(0, name) + ".wh." + path.substring(name));
                }
            }
        });
        tar.finish();
    }

    @Override
    public void close() {
        open.forEach(RootedFiles::close);
        namespace.close();
    }
}
