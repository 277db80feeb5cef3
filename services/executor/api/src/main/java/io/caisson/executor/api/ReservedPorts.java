package io.caisson.executor.api;

import io.caisson.network.api.PublishedPort;
import java.util.List;

/** The ports as bound, one or (IPv4 and IPv6) two per request. */
public record ReservedPorts(List<PublishedPort> ports) {
    public ReservedPorts {
        ports = List.copyOf(ports);
    }
}
