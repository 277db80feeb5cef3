package io.caisson.container.spec;

import io.caisson.container.api.HostConfig;
import io.caisson.container.model.Absent;
import io.caisson.container.model.PlannedMount;
import io.caisson.container.mounts.MountMapping;
import io.caisson.oci.Mount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kernel's file systems every container has, and the user's mounts over them, parents first. */
final class MountsPlanner {
    private static final String DEV = "/dev";

    private MountsPlanner() {}

    static List<Mount> plan(SpecInput input, SecurityOptions security) {
        HostConfig host = input.definition().hostConfig();
        List<PlannedMount> users = input.definition().mounts();
        List<String> taken = users.stream().map(PlannedMount::destination).toList();
        List<Mount> mounts = new ArrayList<>();
        for (Mount mount : defaults(host, security)) {
            if (!covered(mount.destination(), taken)) {
                mounts.add(mount);
            }
        }
        MountMapping.inOrder(users).stream()
                .map(mount -> MountMapping.runtime(mount, input.node().recursiveReadOnly()))
                .forEach(mounts::add);
        return mounts;
    }

    /** The root's propagation must let through what a shared or slave bind below it is to let through. */
    static @Nullable String rootPropagation(List<PlannedMount> mounts) {
        List<String> all = mounts.stream()
                .filter(PlannedMount.Bind.class::isInstance)
                .map(mount -> ((PlannedMount.Bind) mount).propagation())
                .toList();
        if (all.contains("shared") || all.contains("rshared")) {
            return "shared";
        }
        return all.contains("slave") || all.contains("rslave") ? "rslave" : null;
    }

    private static boolean covered(String destination, List<String> taken) {
        return taken.contains(destination) || (taken.contains(DEV) && destination.startsWith(DEV + "/"));
    }

    private static List<Mount> defaults(HostConfig host, SecurityOptions security) {
        String kernel = host.privileged() ? "rw" : "ro";
        String cgroup = host.privileged() || security.writableCgroups() ? "rw" : "ro";
        List<Mount> mounts = new ArrayList<>();
        mounts.add(mount("proc", "proc", "/proc", "nosuid", "noexec", "nodev"));
        mounts.add(mount("tmpfs", "tmpfs", DEV, "nosuid", "strictatime", "mode=755", "size=65536k"));
        mounts.add(mount(
                "devpts",
                "devpts",
                "/dev/pts",
                "nosuid",
                "noexec",
                "newinstance",
                "ptmxmode=0666",
                "mode=0620",
                "gid=5"));
        mounts.add(mount("sysfs", "sysfs", "/sys", "nosuid", "noexec", "nodev", kernel));
        mounts.add(mount("cgroup", "cgroup", "/sys/fs/cgroup", cgroup, "nosuid", "noexec", "nodev"));
        mounts.add(mount("mqueue", "mqueue", "/dev/mqueue", "nosuid", "noexec", "nodev"));
        addShm(host, mounts);
        return mounts;
    }

    private static void addShm(HostConfig host, List<Mount> mounts) {
        String mode = Absent.text(host.ipcMode());
        // The monitor of one that joins another has the other's at the same place.
        switch (mode.startsWith("container:") ? "host" : mode) {
            case "none" -> {
                // No shared memory at all was asked for.
            }
            case "host" -> mounts.add(mount("bind", "/dev/shm", "/dev/shm", "rbind", "rprivate"));
            default -> {
                String size = "size=" + (host.shmSize() == null ? 64L << 20 : host.shmSize());
                mounts.add(mount("tmpfs", "shm", "/dev/shm", "nosuid", "noexec", "nodev", "mode=1777", size));
            }
        }
    }

    private static Mount mount(String type, String source, String destination, String... options) {
        return new Mount(type, source, destination, List.of(options));
    }
}
