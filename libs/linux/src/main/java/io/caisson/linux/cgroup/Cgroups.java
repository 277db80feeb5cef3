package io.caisson.linux.cgroup;

import io.caisson.linux.Mounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The control groups of this host: what they use, and taking away the ones left behind. Reads files: blocks briefly. */
public final class Cgroups {
    private final CgroupLayout layout;

    public Cgroups(CgroupLayout layout) {
        this.layout = layout;
    }

    /** For the layout that this process sees. */
    public static Cgroups detect() {
        return new Cgroups(CgroupLayout.of(Mounts.list()));
    }

    public CgroupLayout layout() {
        return layout;
    }

    /** What a group uses now, such as {@code usage("/caisson/ID")}; all zeros for a group that has gone. */
    public CgroupUsage usage(String group) {
        return new UsageReader(layout, group).read();
    }

    /** The processes of a group, those of groups below it not included. */
    public List<Long> processes(String group) {
        return layout.folder("pids", group)
                .map(folder -> new CgroupFiles(Optional.of(folder)).numbers("cgroup.procs"))
                .orElse(List.of());
    }

    /** The names of the groups directly below a group, in any hierarchy. */
    public Set<String> children(String group) {
        var names = new TreeSet<String>();
        for (Path folder : layout.folders(group)) {
            names.addAll(
                    folders(folder).map(child -> child.getFileName().toString()).collect(Collectors.toSet()));
        }
        return names;
    }

    /**
     * Removes a group and those below it in every hierarchy, except where processes still are; nothing to do where there is
     * none.
     *
     * @return whether it is gone everywhere
     */
    public boolean remove(String group) {
        boolean gone = true;
        for (Path folder : layout.folders(group)) {
            gone &= remove(folder);
        }
        return gone;
    }

    private static boolean remove(Path folder) {
        boolean gone = true;
        for (Path child : folders(folder).toList()) {
            gone &= remove(child);
        }
        try {
            var _ = gone && Files.deleteIfExists(folder);
            return gone;
        } catch (IOException e) {
            return false; // EBUSY: somebody lives there
        }
    }

    private static Stream<Path> folders(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).toList().stream();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
