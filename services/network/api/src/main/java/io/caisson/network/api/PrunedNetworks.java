package io.caisson.network.api;

import java.util.List;

/** The names of the networks that are gone. */
public record PrunedNetworks(List<String> names) {
    public PrunedNetworks {
        names = List.copyOf(names);
    }
}
