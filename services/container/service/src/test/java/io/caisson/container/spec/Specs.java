package io.caisson.container.spec;

import io.caisson.container.Requests;
import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.HostConfig;
import io.caisson.container.config.HostConfigDefaults;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Definition;
import io.caisson.container.mounts.MountPlanner;
import io.caisson.executor.api.LimitSupport;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Ids;
import io.caisson.kernel.NodeId;
import io.caisson.oci.RuntimeSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runtime specifications from configurations as JSON. */
final class Specs {
    static final NodeFacts NODE = new NodeFacts("host", "amd64", 2, 1, true, false, LimitSupport.all("0-1", "0"));

    private Specs() {}

    static RuntimeSpec plan(String configJson, String hostJson) {
        return plan(configJson, hostJson, List.of());
    }

    static RuntimeSpec plan(String configJson, String hostJson, List<DeviceNode> devices) {
        ContainerConfig config = Requests.config(configJson);
        HostConfig asked = Requests.host(hostJson);
        HostConfig host = HostConfigDefaults.fill(asked, Absent.text(asked.networkMode(), "bridge"), 1);
        var id = new ContainerId(Ids.hex64());
        var definition = new Definition(
                new NodeId("local"),
                id,
                Instant.now(),
                "sha256:0",
                "busybox",
                config,
                host,
                MountPlanner.plan(asked, config, List.of()),
                Map.of());
        return RuntimeSpecPlanner.plan(new SpecInput(
                definition,
                NODE,
                Absent.text(config.hostname(), "box"),
                "/caisson-t/" + id,
                devices,
                Map.of(),
                null,
                null,
                List.of()));
    }
}
