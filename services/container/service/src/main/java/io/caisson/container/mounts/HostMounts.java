package io.caisson.container.mounts;

import io.caisson.container.model.PlannedMount;
import io.caisson.kernel.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** How the mounts of this process' namespace pass on what is mounted below them ({@code proc(5)}, mountinfo). */
record HostMounts(List<Entry> entries) {
    private static final int MOUNT_POINT = 4;
    private static final int OPTIONAL = 6;

    /** @param optional the fields {@code shared:N} and {@code master:N}, as far as they are there */
    record Entry(Path point, String optional) {}

    static HostMounts read() throws IOException {
        return of(Files.readAllLines(Path.of("/proc/self/mountinfo")));
    }

    static HostMounts of(List<String> lines) {
        return new HostMounts(lines.stream().map(HostMounts::entry).toList());
    }

    private static Entry entry(String line) {
        String[] fields = line.split(" ");
        StringBuilder optional = new StringBuilder();
        for (int i = OPTIONAL; i < fields.length && !fields[i].equals("-"); i++) {
            optional.append(fields[i]).append(' ');
        }
        return new Entry(Path.of(fields[MOUNT_POINT].replace("\\040", " ")), optional.toString());
    }

    /** INTERNAL when what is mounted in the source could not be seen in the container, or the other way round. */
    void check(PlannedMount.Bind bind) throws IOException {
        Path source = Path.of(bind.source()).toRealPath();
        Entry mount = entries.stream()
                .filter(entry -> source.startsWith(entry.point()))
                .max(Comparator.comparingInt(entry -> entry.point().getNameCount()))
                .orElse(new Entry(Path.of("/"), ""));
        boolean shared = mount.optional().contains("shared:");
        String where = "path " + bind.source() + " is mounted on " + mount.point() + " but it is not a shared ";
        if (bind.propagation().endsWith("shared") && !shared) {
            throw new Fault(Fault.Kind.INTERNAL, where + "mount");
        }
        if (bind.propagation().endsWith("slave") && !shared && !mount.optional().contains("master:")) {
            throw new Fault(Fault.Kind.INTERNAL, where + "or slave mount");
        }
    }
}
