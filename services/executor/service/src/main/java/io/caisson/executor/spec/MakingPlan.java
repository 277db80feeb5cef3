package io.caisson.executor.spec;

import io.caisson.linux.cgroup.CgroupLayout;
import io.caisson.oci.RuntimeSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the monitor needs to make a container without the runtime: its option {@code --make}. Pure. Empty for what only a runtime
 * can do, or has to judge.
 */
public final class MakingPlan {
    private static final Set<String> OWN = Set.of("mount", "uts", "ipc", "pid");
    private static final Set<String> OWN_PARAMETERS = Set.of(
            "kernel/domainname",
            "kernel/msgmax",
            "kernel/msgmnb",
            "kernel/msgmni",
            "kernel/sem",
            "kernel/shmall",
            "kernel/shmmax",
            "kernel/shmmni",
            "kernel/shm_rmid_forced");

    /** Those that every container has (runtime-spec config-linux.md, "Default Devices"). */
    private static final List<String> DEVICES = List.of(
            "c 1 3 666 0 0 /dev/null",
            "c 1 8 666 0 0 /dev/random",
            "c 1 7 666 0 0 /dev/full",
            "c 5 0 666 0 0 /dev/tty",
            "c 1 5 666 0 0 /dev/zero",
            "c 1 9 666 0 0 /dev/urandom");

    private static final int PERMISSIONS = 07777;
    private static final int STANDARD = 0666;

    private final PlanEntries plan = new PlanEntries();
    private final RuntimeSpec spec;

    private MakingPlan(RuntimeSpec spec) {
        this.spec = spec;
    }

    /**
     * @param home of the process's user
     * @param filter where the system call filter is kept; null for a container without one
     * @param groups the container's control groups, one folder in each hierarchy
     */
    public static Optional<byte[]> of(
            RuntimeSpec spec, String home, @Nullable Path filter, CgroupLayout layout, List<Path> groups) {
        var making = new MakingPlan(spec);
        ProcessEntries.add(making.plan, spec.process(), home, filter);
        making.namespaces();
        making.files(layout);
        making.devices();
        making.parameters();
        groups.forEach(folder -> making.group(folder.toString()));
        return making.plan.whenPossible();
    }

    private void namespaces() {
        Map<String, Optional<String>> spaces = spec.linux().namespaces().stream()
                .collect(Collectors.toMap(
                        RuntimeSpec.Namespace::type, space -> Optional.ofNullable(space.path()), (first, _) -> first));
        Optional<String> network = Objects.requireNonNullElse(spaces.remove("network"), Optional.empty());
        plan.require(spaces.keySet().equals(OWN) && spaces.values().stream().allMatch(Optional::isEmpty));
        network.ifPresent(path -> plan.add("network", path));
        plan.require(spec.domainname() == null);
        if (spec.hostname() != null && !spec.hostname().isEmpty()) {
            plan.add("hostname", spec.hostname());
        }
    }

    private void files(CgroupLayout layout) {
        RuntimeSpec.Linux linux = spec.linux();
        String propagation = Objects.requireNonNullElse(linux.rootfsPropagation(), "");
        String group = Objects.requireNonNullElse(linux.cgroupsPath(), "");
        plan.require(Set.of("", "private", "rprivate").contains(propagation) && linux.mountLabel() == null);
        plan.add("rootfs", spec.root().path());
        if (spec.root().readonly()) {
            plan.add("readonly-root", 1);
        }
        var mounts = new MountEntries(plan, layout, group);
        spec.mounts().forEach(mounts::add);
        orEmpty(linux.maskedPaths()).forEach(path -> plan.add("mask", path));
        orEmpty(linux.readonlyPaths()).forEach(path -> plan.add("readonly", path));
    }

    private void devices() {
        DEVICES.forEach(device -> plan.add("device", device));
        orEmpty(spec.linux().devices()).forEach(this::device);
    }

    private void device(RuntimeSpec.Device device) {
        String type = device.type().equals("u") ? "c" : device.type();
        plan.require(Set.of("b", "c", "p").contains(type) && device.path().startsWith("/dev/"));
        int mode = device.fileMode() == null ? STANDARD : device.fileMode() & PERMISSIONS;
        plan.add(
                "device",
                "%s %d %d %o %d %d %s"
                        .formatted(
                                type,
                                orZero(device.major()),
                                orZero(device.minor()),
                                mode,
                                orZero(device.uid()),
                                orZero(device.gid()),
                                device.path()));
    }

    /** Only those that are the container's own: the runtime refuses the others. */
    private void parameters() {
        Map<String, String> parameters = Objects.requireNonNullElse(spec.linux().sysctl(), Map.of());
        boolean ownNetwork = spec.linux().namespaces().stream()
                .anyMatch(space -> space.type().equals("network") && space.path() != null);
        parameters.forEach((name, value) -> {
            String path = name.replace('.', '/');
            plan.require((path.startsWith("net/") && ownNetwork)
                    || path.startsWith("fs/mqueue/")
                    || OWN_PARAMETERS.contains(path));
            plan.require(!path.contains("//") && !path.contains("="));
            plan.add("sysctl", path + "=" + value);
        });
    }

    private void group(String folder) {
        plan.require(folder.indexOf('"') < 0 && folder.indexOf('\\') < 0 && folder.indexOf('}') < 0);
        plan.add("cgroup", folder);
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
