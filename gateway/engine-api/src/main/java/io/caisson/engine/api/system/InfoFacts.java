package io.caisson.engine.api.system;

import io.caisson.container.api.ContainerState.Status;
import io.caisson.executor.api.HostInfo;
import java.util.List;
import java.util.Map;

/**
 * What {@code docker info} is made of.
 *
 * @param id of this installation
 * @param containers how many in each state
 * @param eventListeners clients that follow events now
 */
public record InfoFacts(
        String id,
        HostInfo host,
        Map<Status, Long> containers,
        int images,
        String dataRoot,
        List<String> labels,
        List<String> mirrors,
        List<String> insecureRegistries,
        int eventListeners) {
    long count(Status... states) {
        long count = 0;
        for (Status state : states) {
            count += containers.getOrDefault(state, 0L);
        }
        return count;
    }
}
