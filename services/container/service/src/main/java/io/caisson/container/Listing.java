package io.caisson.container;

import io.caisson.container.model.Container;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;
import java.util.List;
import java.util.Set;

/**
 * What a watch begins with.
 *
 * @param before the node's containers as they were before the executor was asked
 * @param mentioned tasks that the executor has told of; grows as it tells
 */
record Listing(NodeId node, List<Container> before, Set<ContainerId> mentioned) {}
