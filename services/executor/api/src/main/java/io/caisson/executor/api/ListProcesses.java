package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;
import java.util.List;

/** @param psArgs arguments of ps(1); empty for {@code -ef} */
public record ListProcesses(NodeId node, ContainerId container, List<String> psArgs) implements NodeBound {
    public ListProcesses {
        psArgs = List.copyOf(psArgs);
    }
}
