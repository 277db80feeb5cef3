package io.caisson.container.model;

import io.caisson.container.api.ContainerHealth;
import io.caisson.container.api.HostConfig;
import io.caisson.container.health.HealthCheck;
import io.caisson.container.state.Lifecycle;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;
import io.caisson.network.api.Endpoint;
import io.caisson.network.api.EndpointRequest;
import io.caisson.network.api.PublishedPort;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as it stands in the database.
 *
 * @param ends how many runs have ended so far: whoever waits for an end compares
 * @param health null without a health check, and before the first start
 */
public record Container(
        Definition definition,
        String name,
        Lifecycle lifecycle,
        Restarts restarts,
        List<Endpoint> endpoints,
        List<PublishedPort> ports,
        long ends,
        @Nullable ContainerHealth health) {
    public Container {
        endpoints = List.copyOf(endpoints);
        ports = List.copyOf(ports);
    }

    public ContainerId id() {
        return definition.id();
    }

    public NodeId node() {
        return definition.node();
    }

    public boolean autoRemove() {
        return definition.hostConfig().autoRemove();
    }

    public Container in(Lifecycle state) {
        return new Container(definition, name, state, restarts, endpoints, ports, ends, health);
    }

    public Container with(@Nullable ContainerHealth newHealth) {
        return new Container(definition, name, lifecycle, restarts, endpoints, ports, ends, newHealth);
    }

    public Container named(String newName) {
        return new Container(definition, newName, lifecycle, restarts, endpoints, ports, ends, health);
    }

    public Container with(Restarts newRestarts) {
        return new Container(definition, name, lifecycle, newRestarts, endpoints, ports, ends, health);
    }

    /** To be on these networks from its next start on. */
    public Container asking(Map<String, EndpointRequest> networks) {
        return new Container(definition.asking(networks), name, lifecycle, restarts, endpoints, ports, ends, health);
    }

    /** With other limits, or another restart policy. */
    public Container limited(HostConfig hostConfig) {
        return new Container(definition.limited(hostConfig), name, lifecycle, restarts, endpoints, ports, ends, health);
    }

    public Container connected(List<Endpoint> newEndpoints, List<PublishedPort> newPorts) {
        return new Container(definition, name, lifecycle, restarts, newEndpoints, newPorts, ends, health);
    }

    /** One more run is over, and its connections with it. */
    public Container ended() {
        return new Container(
                definition, name, lifecycle, restarts, List.of(), List.of(), ends + 1, HealthCheck.unwatched(health));
    }
}
