package io.caisson.container;

import io.caisson.container.api.ContainerDetail;
import io.caisson.container.config.LogRules;
import io.caisson.container.model.Container;
import io.caisson.container.model.Definition;
import io.caisson.container.mounts.MountMapping;
import io.caisson.container.process.ContainerPaths;
import io.caisson.kernel.ExecId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Containers as {@code inspect} and {@code ps} show them. */
@ApplicationScoped
class Views {
    private final ContainerPaths paths;

    Views(ContainerPaths paths) {
        this.paths = paths;
    }

    ContainerDetail detail(Container container) {
        return detail(container, List.of());
    }

    ContainerDetail detail(Container container, List<ExecId> execs) {
        Definition definition = container.definition();
        List<String> command = definition.command();
        boolean logged =
                LogRules.taskLog(definition.hostConfig().logConfig()).driver().equals("json-file");
        return new ContainerDetail(
                definition.node(),
                definition.id(),
                container.name(),
                definition.created(),
                definition.imageId(),
                definition.imageName(),
                command.getFirst(),
                command.subList(1, command.size()),
                definition.config(),
                definition.hostConfig(),
                container.lifecycle().shown().with(container.health()),
                MountMapping.shown(definition.mounts()),
                container.endpoints(),
                container.ports(),
                definition.networks(),
                container.restarts().count(),
                logged ? paths.log(definition.id()) : "",
                paths.hostname(definition.id()),
                paths.hosts(definition.id()),
                paths.resolvConf(definition.id()),
                execs);
    }
}
