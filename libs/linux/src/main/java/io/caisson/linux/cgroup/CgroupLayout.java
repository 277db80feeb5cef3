package io.caisson.linux.cgroup;

import io.caisson.linux.MountInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the control groups of a host are mounted.
 *
 * @param controllers version 1's mount points by controller, such as {@code memory}; {@code name=systemd} as well
 * @param unified the mount point of version 2, null where it is not mounted
 */
public record CgroupLayout(
        Map<String, Path> controllers, @Nullable Path unified) {
    private static final Set<String> NO_CONTROLLERS = Set.of("rw", "ro", "xattr", "clone_children", "noprefix");

    public CgroupLayout {
        controllers = Map.copyOf(controllers);
    }

    /** What kind of layout it is. */
    public enum Kind {
        /** Controllers of version 1 only. */
        V1,
        /** Controllers of version 1, and version 2 without any beside them. */
        HYBRID,
        /** Version 2 only. */
        V2,
        /** Nothing is mounted. */
        NONE
    }

    /** By the mounts of a host, such as {@link io.caisson.linux.Mounts#list()}; the first mount of each counts. */
    public static CgroupLayout of(List<MountInfo> mounts) {
        var controllers = new HashMap<String, Path>();
        Path unified = null;
        for (MountInfo mount : mounts) {
            Path point = Path.of(mount.mountPoint());
            if (mount.type().equals("cgroup2") && unified == null) {
                unified = point;
            } else if (mount.type().equals("cgroup")) {
                mount.superOptions().stream()
                        .filter(option -> !NO_CONTROLLERS.contains(option) && !option.startsWith("release_agent="))
                        .forEach(controller -> controllers.putIfAbsent(controller, point));
            }
        }
        return new CgroupLayout(controllers, unified);
    }

    public Kind kind() {
        boolean first = controllers.keySet().stream().anyMatch(name -> !name.startsWith("name="));
        if (first) {
            return unified == null ? Kind.V1 : Kind.HYBRID;
        }
        return unified == null ? Kind.NONE : Kind.V2;
    }

    /**
     * The folder of a group where a controller acts: in version 1's hierarchy of that controller, else in version 2's.
     *
     * @param group from the root of the hierarchy, such as {@code /caisson/ID}
     * @return empty where the host has neither; the folder need not exist
     */
    public Optional<Path> folder(String controller, String group) {
        Path mount = controllers.getOrDefault(controller, unified);
        return Optional.ofNullable(mount).map(point -> below(point, group));
    }

    /** The folders of a group in all hierarchies, those that exist. */
    public List<Path> folders(String group) {
        var mounts = new LinkedHashSet<>(controllers.values());
        if (unified != null) {
            mounts.add(unified);
        }
        return mounts.stream()
                .map(mount -> below(mount, group))
                .filter(Files::isDirectory)
                .toList();
    }

    private static Path below(Path mount, String group) {
        Path folder = mount.resolve(group.startsWith("/") ? group.substring(1) : group);
        if (!folder.normalize().equals(folder)) {
            throw new IllegalArgumentException("not the path of a control group: " + group);
        }
        return folder;
    }
}
