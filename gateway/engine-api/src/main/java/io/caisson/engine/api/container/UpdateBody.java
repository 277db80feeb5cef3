package io.caisson.engine.api.container;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.container.api.HostConfig;
import io.caisson.engine.api.JsonBody;

/** The body of an update: limits and restart policy as in a create request's {@code HostConfig}. */
public final class UpdateBody {
    private UpdateBody() {}

    public static HostConfig parse(byte[] bytes) {
        ObjectNode root = JsonBody.object(bytes);
        root.removeIf(value -> value.isTextual() && value.asText().isEmpty());
        HostConfig changes = JsonBody.convert(root, HostConfig.class);
        Long pids = changes.pidsLimit();
        if (pids == null || pids > 0) {
            return changes;
        }
        // Zero and every negative number mean that there is no limit.
        return JsonBody.convert(unlimited(root), HostConfig.class);
    }

    private static ObjectNode unlimited(ObjectNode root) {
        root.remove(root.properties().stream()
                .map(java.util.Map.Entry::getKey)
                .filter(name -> name.equalsIgnoreCase("PidsLimit"))
                .toList());
        return root.put("PidsLimit", -1);
    }
}
