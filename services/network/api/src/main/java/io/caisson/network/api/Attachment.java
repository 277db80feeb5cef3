package io.caisson.network.api;

import java.util.List;

/** The outcome of an attach: the plan to carry out and what there is to show. */
public record Attachment(NetworkPlan plan, List<Endpoint> endpoints, List<PublishedPort> ports) {
    public Attachment {
        endpoints = List.copyOf(endpoints);
        ports = List.copyOf(ports);
    }
}
