package io.caisson.executor.api;

import io.caisson.bus.NodeBound;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.ExecId;
import io.caisson.kernel.NodeId;
import java.util.List;

/**
 * A process to add to a running container. What is not said here (limits, capabilities, profiles) is as the container's own
 * process has it.
 *
 * @param env complete but for HOME
 * @param user Docker's {@code user[:group]}, resolved in the container's own passwd and group files; empty for root
 * @param groupAdd additional groups by name or id
 * @param privileged with all capabilities that the node has to give
 */
public record StartExec(
        NodeId node,
        ContainerId container,
        ExecId exec,
        List<String> args,
        List<String> env,
        String cwd,
        String user,
        List<String> groupAdd,
        boolean privileged,
        TaskStreams streams)
        implements NodeBound {
    public StartExec {
        args = List.copyOf(args);
        env = List.copyOf(env);
        groupAdd = List.copyOf(groupAdd);
    }
}
