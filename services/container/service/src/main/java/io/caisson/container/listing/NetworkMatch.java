package io.caisson.container.listing;

import io.caisson.container.api.ContainerDetail;

/** Whether a container is, or is to be, on a network given by name or id prefix. */
final class NetworkMatch {
    private NetworkMatch() {}

    static boolean matches(ContainerDetail container, String value) {
        return value.equals(container.hostConfig().networkMode())
                || container.networks().containsKey(value)
                || container.endpoints().stream()
                        .anyMatch(endpoint -> value.equals(endpoint.networkName())
                                || (!value.isEmpty()
                                        && endpoint.network().value().startsWith(value)));
    }
}
