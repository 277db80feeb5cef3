package io.caisson.executor.dns;

import io.caisson.network.api.NameTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One network's names, ready to be asked; names are in lower case. */
record NetworkNames(
        String network, long version, Map<String, List<Address>> addresses, Map<Address, String> containers) {
    /** An IPv4 address. */
    record Address(int bits) {
        static Address parse(String text) {
            int bits = 0;
            for (String part : text.split("\\.", -1)) {
                bits = (bits << 8) | Integer.parseInt(part);
            }
            return new Address(bits);
        }
    }

    static NetworkNames of(NameTable table) {
        Map<String, List<Address>> addresses = new HashMap<>();
        Map<Address, String> containers = new HashMap<>();
        for (NameTable.Entry entry : table.entries()) {
            Address address = Address.parse(entry.address());
            for (String name : entry.names()) {
                addresses
                        .computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(address);
            }
            if (!entry.names().isEmpty()) {
                containers.put(address, entry.names().getFirst() + "." + table.networkName());
            }
        }
        return new NetworkNames(table.networkName().toLowerCase(Locale.ROOT), table.version(), addresses, containers);
    }

    /** By a name, or by a name completed with the network's; empty when nobody has it. */
    List<Address> find(String name) {
        List<Address> found = addresses.get(name);
        if (found == null && name.endsWith("." + network)) {
            found = addresses.get(name.substring(0, name.length() - network.length() - 1));
        }
        return found == null ? List.of() : found;
    }

    /** {@code container.network} of an address. */
    Optional<String> nameOf(Address address) {
        return Optional.ofNullable(containers.get(address));
    }
}
