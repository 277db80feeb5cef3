package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;
import io.caisson.network.api.NetworkPlan;
import io.caisson.oci.Mount;
import io.caisson.oci.RuntimeSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a container.
 *
 * @param spec complete but for what only the host knows: user ids, network namespace, root path, generated files
 * @param user Docker's {@code user[:group]}, resolved in the container's own passwd and group files; empty for root
 * @param groupAdd additional groups by name or id
 * @param rootfs the mount that is the root file system (overlay); its destination is empty
 * @param network the plan of the network service
 * @param init whether a small init process is the first one; null for as the host is configured
 * @param files contents for the files that Docker generates
 */
public record StartTask(
        NodeId node,
        ContainerId container,
        RuntimeSpec spec,
        String user,
        List<String> groupAdd,
        Mount rootfs,
        NetworkPlan network,
        GeneratedFiles files,
        TaskStreams streams,
        TaskLog log,
        @Nullable String runtime,
        @Nullable Boolean init)
        implements NodeBound {
    public StartTask {
        groupAdd = List.copyOf(groupAdd);
    }
}
