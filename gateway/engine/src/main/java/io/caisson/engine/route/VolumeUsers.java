package io.caisson.engine.route;

import io.caisson.container.api.ContainerDetail;
import io.caisson.container.api.Containers;
import io.caisson.container.api.ListContainers;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which containers have which volume, running or not. */
final class VolumeUsers {
    private VolumeUsers() {}

    static Uni<Map<String, Set<String>>> of(Containers containers) {
        return containers.list(new ListContainers(true, 0, Map.of())).map(list -> of(list.containers()));
    }

    /** Container ids by volume name. */
    static Map<String, Set<String>> of(List<ContainerDetail> containers) {
        Map<String, Set<String>> users = new LinkedHashMap<>();
        for (var container : containers) {
            for (var mount : container.mounts()) {
                if (mount.type().equals("volume") && mount.name() != null) {
                    users.computeIfAbsent(mount.name(), _ -> new TreeSet<>())
                            .add(container.id().value());
                }
            }
        }
        return users;
    }
}
