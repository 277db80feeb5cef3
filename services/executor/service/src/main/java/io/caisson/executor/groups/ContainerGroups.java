package io.caisson.executor.groups;

import io.caisson.linux.LinuxException;
import io.caisson.linux.Pidfd;
import io.caisson.linux.cgroup.CgroupLayout;
import io.caisson.linux.cgroup.Cgroups;
import io.caisson.oci.RuntimeSpec;
import io.caisson.oci.RuntimeSpec.DeviceRule;
import io.caisson.oci.RuntimeSpec.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** Makes, limits and removes the groups of containers, with what a runtime would make of the same specification. Blocks. */
public final class ContainerGroups {
    private static final int SIGKILL = 9;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Resources NONE = new Resources(null, null, null, null, null, null);

    private final CgroupLayout layout;

    public ContainerGroups(CgroupLayout layout) {
        this.layout = layout;
    }

    /** False where a runtime has to do it, or has words for what is wrong. */
    public boolean canHold(RuntimeSpec.Linux linux) {
        String group = linux.cgroupsPath();
        boolean first = layout.kind() == CgroupLayout.Kind.V1 || layout.kind() == CgroupLayout.Kind.HYBRID;
        return first
                && group != null
                && group.startsWith("/")
                && group.equals(Path.of(group).normalize().toString())
                && layout.controllers().keySet().containsAll(Set.of("devices", "freezer", "cpuset"))
                && Limits.canHold(layout, resources(linux))
                && DeviceRules.of(devices(linux)).isPresent();
    }

    private static Resources resources(RuntimeSpec.Linux linux) {
        return Objects.requireNonNullElse(linux.resources(), NONE);
    }

    private static List<DeviceRule> devices(RuntimeSpec.Linux linux) {
        List<DeviceRule> rules = resources(linux).devices();
        return rules == null ? List.of() : rules;
    }

    /**
     * The folders of the group in all hierarchies, with all limits of the specification. Idempotent while nothing is in them; on
     * failure none is left.
     */
    public List<Path> make(RuntimeSpec.Linux linux) throws IOException {
        String group = Objects.requireNonNull(linux.cgroupsPath());
        try {
            List<Path> folders = new ArrayList<>();
            for (Path hierarchy : hierarchies()) {
                folders.add(Files.createDirectories(below(hierarchy, group)));
            }
            Path sets = hierarchy("cpuset");
            CpuSets.inherit(below(sets, group), sets);
            allow(group, DeviceRules.of(devices(linux)).orElseThrow());
            new Limits(layout, group).write(resources(linux));
            return folders;
        } catch (IOException e) {
            remove(group);
            throw e;
        }
    }

    private Set<Path> hierarchies() {
        Set<Path> mounts = new TreeSet<>(layout.controllers().values());
        if (layout.unified() != null) {
            mounts.add(layout.unified());
        }
        return mounts;
    }

    private Path hierarchy(String controller) {
        return Objects.requireNonNull(layout.controllers().get(controller), controller);
    }

    private static Path below(Path hierarchy, String group) {
        return hierarchy.resolve(group.substring(1));
    }

    private void allow(String group, List<String> rules) throws IOException {
        Path folder = below(hierarchy("devices"), group);
        new GroupFile(folder, "devices.deny").write("a");
        for (String rule : rules) {
            new GroupFile(folder, "devices.allow").write(rule);
        }
    }

    /** Of a group that is in use; what is not set stays as it is. Fails in a runtime's words. */
    public void update(String group, Resources resources) throws IOException {
        new Limits(layout, group).write(resources);
    }

    /** Every process, frozen or not. */
    public void kill(String group) throws IOException {
        var frozen = new GroupFile(below(hierarchy("freezer"), group), "freezer.state");
        for (long pid : new Cgroups(layout).processes(group)) {
            kill(pid);
        }
        if (frozen.exists()) {
            frozen.write("THAWED");
        }
    }

    private static void kill(long pid) {
        try (Pidfd process = Pidfd.open(pid)) {
            var _ = process.signal(SIGKILL);
        } catch (LinuxException _) {
            // gone already
        }
    }

    /** With the groups that the container made in it; idempotent. They stay busy for a moment after their last process. */
    public void remove(String group) {
        var groups = new Cgroups(layout);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!groups.remove(group) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
