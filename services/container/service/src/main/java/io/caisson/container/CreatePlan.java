package io.caisson.container;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.CreateContainer;
import io.caisson.container.api.HostConfig;
import io.caisson.container.config.ConfigMerge;
import io.caisson.container.config.ConfigRules;
import io.caisson.container.config.HostConfigDefaults;
import io.caisson.container.config.ResourceRules;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.model.Definition;
import io.caisson.container.model.PlannedMount;
import io.caisson.container.model.Restarts;
import io.caisson.container.mounts.MountPlanner;
import io.caisson.container.spec.CapabilityPlanner;
import io.caisson.container.spec.NodeFacts;
import io.caisson.container.spec.SecurityOptions;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.state.Outcome;
import io.caisson.image.api.ImageDetail;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Ids;
import io.caisson.oci.ImageConfig.Execution;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a create request and what it refers to, to the container it will be: pure. */
final class CreatePlan {
    private CreatePlan() {}

    /** What a create request refers to; {@code joined} is the container whose network it shares. */
    record References(
            ImageDetail image, NodeFacts node, @Nullable Container joined, List<PlannedMount> inherited) {}

    /** INVALID in Docker's words for what can never run. */
    static Definition plan(CreateContainer command, References found) {
        var id = new ContainerId(Ids.hex64());
        HostConfig asked = command.hostConfig();
        Execution image = found.image().config().config();
        ContainerConfig config = ConfigMerge.merge(
                command.config(), image == null ? Execution.empty() : image, hostname(command, found, id));
        ConfigRules.check(config);
        ResourceRules.checkOn(asked, found.node().cpus());
        HostConfig host = HostConfigDefaults.fill(
                asked, networkMode(command, found), found.node().cgroupVersion());
        checkSecurity(host);
        var _ = PublishPlanner.plan(config, host);
        return new Definition(
                command.node(),
                id,
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                found.image().id().toString(),
                Absent.text(config.image()),
                config,
                host,
                MountPlanner.plan(asked, config, found.inherited()),
                command.networks());
    }

    static Container container(Definition definition, String name) {
        return new Container(
                definition, name, new Lifecycle.Created(Outcome.NONE), Restarts.NONE, List.of(), List.of(), 0, null);
    }

    private static void checkSecurity(HostConfig host) {
        var _ = CapabilityPlanner.plan(host);
        var _ = SecurityOptions.parse(host);
    }

    private static String networkMode(CreateContainer command, References found) {
        if (found.joined() != null) {
            return "container:" + found.joined().id();
        }
        String mode = Absent.text(command.hostConfig().networkMode(), "default");
        if (command.config().networkDisabled()) {
            return "none";
        }
        return mode.equals("default") ? "bridge" : mode;
    }

    private static String hostname(CreateContainer command, References found, ContainerId id) {
        HostConfig host = command.hostConfig();
        if (found.joined() != null) {
            return Absent.text(found.joined().definition().config().hostname());
        }
        boolean hosts = Absent.text(host.networkMode()).equals("host")
                || Absent.text(host.utsMode()).equals("host");
        String short12 = id.value().substring(0, 12);
        return Absent.text(command.config().hostname(), hosts ? found.node().hostname() : short12);
    }
}
