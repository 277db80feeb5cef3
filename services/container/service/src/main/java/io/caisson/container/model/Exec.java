package io.caisson.container.model;

import io.caisson.container.api.ExecConfig;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.NodeId;
import java.time.Instant;

/** A process to be added to a running container, once. */
public record Exec(ExecId id, NodeId node, ContainerId container, Instant created, ExecConfig config, ExecState state) {
    public Exec in(ExecState next) {
        return new Exec(id, node, container, created, config, next);
    }
}
