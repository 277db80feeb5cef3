package io.caisson.network.api;

import java.util.List;

/**
 * Who can be found by which name on a user-defined network.
 *
 * @param network the network's id
 * @param networkName completes names: {@code web.mynet} is {@code web} on {@code mynet}
 * @param version grows with every change: a table does not replace a newer one
 */
public record NameTable(String network, String networkName, long version, List<Entry> entries) {
    public NameTable {
        entries = List.copyOf(entries);
    }

    /**
     * One container.
     *
     * @param address IPv4
     * @param names the container's own name first
     */
    public record Entry(String address, List<String> names) {
        public Entry {
            names = List.copyOf(names);
        }
    }
}
