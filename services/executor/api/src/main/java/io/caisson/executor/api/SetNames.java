package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.NodeId;
import io.caisson.network.api.NameTable;
import java.util.List;

/**
 * Names that containers of a node find each other by.
 *
 * @param removed ids of networks that are no more
 */
public record SetNames(NodeId node, List<NameTable> tables, List<String> removed) implements NodeBound {
    public SetNames {
        tables = List.copyOf(tables);
        removed = List.copyOf(removed);
    }
}
