package io.caisson.container;

import io.caisson.kernel.ContainerId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Containers that are not to be auto-removed at their next end, because they are being restarted. */
@ApplicationScoped
class Kept {
    private final Set<ContainerId> ids = ConcurrentHashMap.newKeySet();

    void add(ContainerId id) {
        ids.add(id);
    }

    void remove(ContainerId id) {
        ids.remove(id);
    }

    boolean contains(ContainerId id) {
        return ids.contains(id);
    }
}
