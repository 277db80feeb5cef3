package io.caisson.container.process;

import io.caisson.kernel.ContainerId;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where a node keeps a container's own files. */
@ApplicationScoped
public class ContainerPaths {
    private final String data;

    ContainerPaths(@ConfigProperty(name = "caisson.data") String data) {
        this.data = data;
    }

    public String log(ContainerId id) {
        return file(id, id + "-json.log");
    }

    public String hostname(ContainerId id) {
        return file(id, "hostname");
    }

    public String hosts(ContainerId id) {
        return file(id, "hosts");
    }

    public String resolvConf(ContainerId id) {
        return file(id, "resolv.conf");
    }

    private String file(ContainerId id, String name) {
        return data + "/containers/" + id + "/" + name;
    }
}
