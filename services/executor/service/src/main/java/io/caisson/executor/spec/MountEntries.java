package io.caisson.executor.spec;

import io.caisson.linux.cgroup.CgroupLayout;
import io.caisson.oci.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What of a plan is about a container's mounts. Not for mounts below {@code /proc}, nor for file systems of which little is known. */
final class MountEntries {
    private static final Set<String> NEW = Set.of("proc", "sysfs", "tmpfs", "devpts", "mqueue");
    private static final String GROUPS_DATA = "mode=755";
    private static final List<String> GROUPS_OPTIONS = List.of("nosuid", "noexec", "nodev");

    private final PlanEntries plan;
    private final CgroupLayout layout;
    private final String group;

    /** @param group the container's, from the root of every hierarchy */
    MountEntries(PlanEntries plan, CgroupLayout layout, String group) {
        this.plan = plan;
        this.layout = layout;
        this.group = group;
    }

    void add(Mount mount) {
        Path target = Path.of(mount.destination()).normalize();
        plan.require(target.isAbsolute() && (mount.type().equals("proc") || !target.startsWith("/proc")));
        switch (mount.type()) {
            case "bind" -> {
                plan.require(!target.equals(Path.of("/dev")) && mount.source().startsWith("/"));
                add(
                        "bind",
                        mount.source(),
                        target,
                        MountFlags.of(mount.options()).asBind());
            }
            case "cgroup" -> groups(mount, target);
            default -> {
                plan.require(NEW.contains(mount.type()));
                add(mount.type(), mount.source(), target, MountFlags.of(mount.options()));
            }
        }
    }

    private void add(String type, String source, Path target, MountFlags flags) {
        plan.require(flags.known());
        plan.add("mount", type);
        plan.add("source", source);
        plan.add("target", target);
        plan.add("flags", Long.toHexString(flags.flags()));
        plan.add("data", flags.data());
        if (flags.attributes() != 0) {
            plan.require(type.equals("bind"));
            plan.add("attributes", Long.toHexString(flags.attributes()));
        }
        if (flags.propagation() != 0) {
            plan.add("propagation", Long.toHexString(flags.propagation()));
        }
    }

    /** As a runtime shows version 1 to those who share the host's view of groups: each hierarchy's own group. */
    private void groups(Mount mount, Path target) {
        MountFlags flags = MountFlags.of(mount.options());
        plan.require(flags.data().isEmpty());
        add("tmpfs", "tmpfs", target, MountFlags.of(GROUPS_OPTIONS).with(GROUPS_DATA));
        for (Path hierarchy : new TreeSet<>(layout.controllers().values())) {
            String name = hierarchy.getFileName().toString();
            add("bind", hierarchy + group, target.resolve(name), flags.asRecursiveBind());
            if (name.contains(",")) {
                linksTo(name, target);
            }
        }
    }

    /** Controllers that share a hierarchy are found by the name of each. */
    private void linksTo(String hierarchy, Path target) {
        for (String controller : hierarchy.split(",")) {
            plan.add("link", target.resolve(controller));
            plan.add("to", hierarchy);
        }
    }
}
