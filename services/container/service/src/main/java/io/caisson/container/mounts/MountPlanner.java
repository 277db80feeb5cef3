package io.caisson.container.mounts;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.HostConfig;
import io.caisson.container.model.Absent;
import io.caisson.container.model.PlannedMount;
import io.caisson.kernel.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All mounts of a container, by destination: those inherited by {@code --volumes-from}, then {@code --volume}, {@code
 * --mount} and {@code --tmpfs}, and anonymous volumes for what is left of the image's.
 */
public final class MountPlanner {
    private final Map<String, PlannedMount> planned = new LinkedHashMap<>();
    private final List<String> inherited = new ArrayList<>();

    private MountPlanner() {}

    /** @param others the mounts that {@code volumesFrom} brings, read-only already where asked */
    public static List<PlannedMount> plan(HostConfig host, ContainerConfig merged, Collection<PlannedMount> others) {
        var planner = new MountPlanner();
        others.forEach(planner::inherit);
        String driver = Absent.text(host.volumeDriver(), "local");
        Absent.list(host.binds()).forEach(text -> planner.add(BindParsing.parse(text, driver)));
        Absent.list(host.mounts()).forEach(spec -> planner.add(MountSpecParsing.parse(spec)));
        Absent.map(host.tmpfs()).forEach((path, options) -> planner.add(tmpfs(path, options)));
        Absent.map(merged.volumes()).keySet().forEach(path -> planner.addImageVolume(path, driver));
        return List.copyOf(planner.planned.values());
    }

    private static PlannedMount tmpfs(String path, String options) {
        String destination = MountPaths.destination(path, "invalid tmpfs");
        return new PlannedMount.Tmpfs(destination, TmpfsOptions.parse(options), false);
    }

    private void inherit(PlannedMount mount) {
        planned.put(mount.destination(), mount);
        inherited.add(mount.destination());
    }

    private void add(PlannedMount mount) {
        var before = planned.put(mount.destination(), mount);
        if (before != null && !inherited.remove(mount.destination())) {
            throw Fault.invalid("Duplicate mount point: " + mount.destination());
        }
    }

    private void addImageVolume(String path, String driver) {
        String destination = MountPaths.destination(path, "invalid volume specification: '" + path + "'");
        var _ = planned.putIfAbsent(
                destination, new PlannedMount.Volume("", true, driver, "", destination, false, "", true, null));
    }
}
