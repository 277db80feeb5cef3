package io.caisson.network.store;

import io.caisson.kernel.Fault;
import java.util.List;

/** What a network can be found by. */
public record NetworkName(String id, String name) {
    /** Docker's order: full id, name, the only one whose id begins so. */
    static NetworkName pick(List<NetworkName> found, String nameOrId) {
        return found.stream()
                .filter(network -> network.id.equals(nameOrId))
                .findFirst()
                .or(() -> found.stream()
                        .filter(network -> network.name.equals(nameOrId))
                        .findFirst())
                .orElseGet(() -> only(found, nameOrId));
    }

    private static NetworkName only(List<NetworkName> found, String nameOrId) {
        if (found.isEmpty()) {
            throw Fault.notFound("network " + nameOrId + " not found");
        }
        if (found.size() > 1) {
            throw Fault.invalid(
                    "network " + nameOrId + " is ambiguous (" + found.size() + " matches found on ID prefix)");
        }
        return found.getFirst();
    }
}
