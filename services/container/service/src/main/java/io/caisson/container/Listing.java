package io.caisson.container;

import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.executor.api.TaskEvent;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A comparison of what a node has with what the database knows.
 *
 * @param before the database's containers on it that the comparison is about, read before the node was asked
 * @param mentioned those that the node has told of so far
 * @param live those that ran when the database was read
 */
record Listing(NodeId node, List<Container> before, Set<ContainerId> mentioned, Set<ContainerId> live) {
    static Listing of(NodeId node, List<Container> here) {
        Set<ContainerId> live = here.stream()
                .filter(container -> container.lifecycle() instanceof Lifecycle.Live)
                .map(Container::id)
                .collect(Collectors.toUnmodifiableSet());
        return new Listing(node, here, new HashSet<>(), live);
    }

    /** That what runs runs is none; it counts as mentioned all the same. */
    boolean isNews(TaskEvent event) {
        if (event instanceof TaskEvent.Running running && live.contains(running.container())) {
            mentioned.add(running.container());
            return false;
        }
        return true;
    }
}
