package io.caisson.executor.groups;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A new group of version 1's {@code cpuset} has no processors and no memory until somebody gives it some. Blocks. */
final class CpuSets {
    private static final List<String> FILES = List.of("cpuset.cpus", "cpuset.mems");

    private CpuSets() {}

    /** What the group above has, for it and for those above that have nothing. */
    static void inherit(Path folder, Path root) throws IOException {
        for (String name : FILES) {
            inherit(folder, root, name);
        }
    }

    private static String inherit(Path folder, Path root, String name) throws IOException {
        var file = new GroupFile(folder, name);
        String own = file.read();
        if (!own.isEmpty() || folder.equals(root)) {
            return own;
        }
        String above = inherit(Objects.requireNonNull(folder.getParent()), root, name);
        file.write(above);
        return above;
    }
}
