package io.caisson.bus;

import io.caisson.kernel.NodeId;

/** A command for the server on one node. */
public interface NodeBound {
    NodeId node();
}
