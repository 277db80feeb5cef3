package io.caisson.executor.dns;

import io.caisson.network.api.NameTable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who is who on the networks of this node; for any thread. */
public final class NameBook {
    private final Map<String, NetworkNames> networks = new ConcurrentHashMap<>();

    /** A table does not replace a newer one. */
    public void set(List<NameTable> tables, Collection<String> removed) {
        for (NameTable table : tables) {
            NetworkNames names = NetworkNames.of(table);
            networks.merge(table.network(), names, (old, fresh) -> old.version() > fresh.version() ? old : fresh);
        }
        removed.forEach(networks::remove);
    }

    /** Empty while nothing has been heard of a network, as after a restart. */
    Optional<NetworkNames> of(String network) {
        return Optional.ofNullable(networks.get(network));
    }
}
