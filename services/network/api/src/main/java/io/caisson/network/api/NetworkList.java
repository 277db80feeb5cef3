package io.caisson.network.api;

import java.util.List;

public record NetworkList(List<NetworkDetail> networks) {
    public NetworkList {
        networks = List.copyOf(networks);
    }
}
