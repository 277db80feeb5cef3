package io.caisson.container.config;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.HostConfig;
import io.caisson.container.model.Absent;
import io.caisson.kernel.Fault;

/** What does not go together with the host's network or another container's; Docker's words. */
public final class NetworkRules {
    private static final String UNDEFINED = " can't be used with links. This would result in undefined behavior";

    private NetworkRules() {}

    public static void check(ContainerConfig asked, HostConfig host) {
        String mode = Absent.text(host.networkMode());
        boolean links = !Absent.list(host.links()).isEmpty();
        if (links && mode.equals("host")) {
            throw conflict("host type networking" + UNDEFINED);
        }
        if (!mode.startsWith("container:")) {
            return;
        }
        if (links) {
            throw conflict("container type network" + UNDEFINED);
        }
        if (!Absent.text(asked.hostname()).isEmpty()) {
            throw conflict("hostname and the network mode");
        }
        if (!Absent.map(host.portBindings()).isEmpty() || host.publishAllPorts()) {
            throw conflict("port publishing and the container type network mode");
        }
        if (!Absent.map(asked.exposedPorts()).isEmpty()) {
            throw conflict("port exposing and the container type network mode");
        }
        if (!Absent.list(host.dns()).isEmpty()) {
            throw conflict("dns and the network mode");
        }
        if (!Absent.list(host.extraHosts()).isEmpty()) {
            throw conflict("custom host-to-IP mapping and the network mode");
        }
    }

    private static Fault conflict(String what) {
        return Fault.invalid("conflicting options: " + what);
    }
}
