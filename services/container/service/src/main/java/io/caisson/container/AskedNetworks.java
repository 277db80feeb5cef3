package io.caisson.container;

import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.model.Definition;
import io.caisson.container.state.Lifecycle;
import io.caisson.kernel.Fault;
import io.caisson.network.api.EndpointRequest;
import io.caisson.network.api.NetworkDetail;
import java.util.LinkedHashMap;
import java.util.Map;

/** The networks that a container is to be on, by the names under which they were asked for. Pure. */
final class AskedNetworks {
    private AskedNetworks() {}

    /** With the network of the mode, where nothing else was asked for. */
    static Map<String, EndpointRequest> of(Definition definition) {
        String mode = mode(definition);
        return definition.networks().isEmpty() && !isAlone(mode)
                ? Map.of(mode, EndpointRequest.none())
                : definition.networks();
    }

    static Map<String, EndpointRequest> with(
            Map<String, EndpointRequest> asked, NetworkDetail network, EndpointRequest request) {
        Map<String, EndpointRequest> all = new LinkedHashMap<>(without(asked, network));
        all.put(network.name(), request);
        return all;
    }

    static Map<String, EndpointRequest> without(Map<String, EndpointRequest> asked, NetworkDetail network) {
        Map<String, EndpointRequest> rest = new LinkedHashMap<>(asked);
        rest.keySet().removeIf(name -> isNameOf(name, network));
        return rest;
    }

    private static boolean isNameOf(String name, NetworkDetail network) {
        String meant = name.equals("default") ? "bridge" : name;
        return meant.equals(network.name()) || network.id().value().equals(name);
    }

    static void refuseConnect(Container container, NetworkDetail network) {
        refuseRemoved(container);
        String mode = mode(container.definition());
        if (mode.startsWith("container:")) {
            throw Fault.invalid("container sharing network namespace with another container or host cannot be"
                    + " connected to any other network");
        }
        refuseHost(mode, network);
        if (mode.equals("none") || network.name().equals("none")) {
            throw Fault.invalid("container cannot be connected to multiple networks with one of the networks in"
                    + " private (none) mode");
        }
    }

    static void refuseDisconnect(Container container, NetworkDetail network) {
        refuseRemoved(container);
        refuseHost(mode(container.definition()), network);
        boolean live = container.lifecycle() instanceof Lifecycle.Live;
        if (!live && of(container.definition()).keySet().stream().noneMatch(name -> isNameOf(name, network))) {
            throw new Fault(
                    Fault.Kind.INTERNAL,
                    "container " + container.id() + " is not connected to the network " + network.name());
        }
    }

    private static void refuseHost(String mode, NetworkDetail network) {
        if (mode.equals("host") || network.name().equals("host")) {
            throw Fault.invalid("container cannot be disconnected from host network or connected to host network");
        }
    }

    private static void refuseRemoved(Container container) {
        switch (container.lifecycle()) {
            case Lifecycle.Removing _, Lifecycle.Dead _ ->
                throw Fault.conflict(
                        "container is marked for removal and cannot be connected or disconnected to the" + " network");
            case Lifecycle.Startable _, Lifecycle.Starting _, Lifecycle.Live _ -> {}
        }
    }

    private static String mode(Definition definition) {
        return Absent.text(definition.hostConfig().networkMode(), "bridge");
    }

    private static boolean isAlone(String mode) {
        return mode.equals("host") || mode.equals("none") || mode.startsWith("container:");
    }
}
