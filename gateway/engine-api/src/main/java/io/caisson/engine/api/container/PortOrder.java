package io.caisson.engine.api.container;

import io.caisson.network.api.PublishedPort;
import java.util.Comparator;

/** Clients take the first binding: IPv4 comes before IPv6. */
final class PortOrder {
    static final Comparator<PublishedPort> HOST = Comparator.comparing(
                    (PublishedPort port) -> port.hostIp().contains(":"))
            .thenComparing(PublishedPort::hostIp)
            .thenComparingInt(PublishedPort::hostPort);

    private PortOrder() {}
}
