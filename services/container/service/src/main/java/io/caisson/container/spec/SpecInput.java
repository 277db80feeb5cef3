package io.caisson.container.spec;

import io.caisson.container.model.Definition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a runtime specification is made of.
 *
 * @param hostname of the container
 * @param cgroupsPath the container's own control group
 * @param devices those it gets besides the usual ones
 * @param devicePaths devices of the node by path, for I/O limits
 * @param pidNamespace of the container whose processes it shares
 * @param ipcNamespace of the container whose shared memory it shares
 * @param links variables that tell of linked containers
 */
public record SpecInput(
        Definition definition,
        NodeFacts node,
        String hostname,
        String cgroupsPath,
        List<DeviceNode> devices,
        Map<String, DeviceNode> devicePaths,
        @Nullable String pidNamespace,
        @Nullable String ipcNamespace,
        List<String> links) {
    public SpecInput {
        devices = List.copyOf(devices);
        links = List.copyOf(links);
        devicePaths = Map.copyOf(devicePaths);
    }
}
