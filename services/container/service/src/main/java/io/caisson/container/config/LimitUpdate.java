package io.caisson.container.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.bus.wire.WireJson;
import io.caisson.container.api.HostConfig;
import io.caisson.container.api.HostConfig.RestartPolicy;
import io.caisson.container.model.Absent;
import io.caisson.kernel.Fault;
import java.util.List;

/** A host configuration with some limits changed: pure. */
public final class LimitUpdate {
    private static final List<String> LIMITS = List.of(
            "blkioWeight",
            "cpuShares",
            "nanoCpus",
            "cpuPeriod",
            "cpuQuota",
            "cpuRealtimePeriod",
            "cpuRealtimeRuntime",
            "cpusetCpus",
            "cpusetMems",
            "memory",
            "memorySwap",
            "memoryReservation",
            "pidsLimit");

    private LimitUpdate() {}

    /** CONFLICT in Docker's words for what does not go together with what stays. */
    public static HostConfig apply(HostConfig current, HostConfig changes) {
        refuseConflicts(current, changes);
        ObjectNode merged = WireJson.mapper().valueToTree(current);
        ObjectNode wanted = WireJson.mapper().valueToTree(changes);
        for (String name : LIMITS) {
            JsonNode value = wanted.path(name);
            if (isGiven(value)) {
                merged.set(name, value);
            }
        }
        if (policy(changes.restartPolicy()).length() > 0) {
            merged.set("restartPolicy", wanted.path("restartPolicy"));
        }
        try {
            return WireJson.mapper().treeToValue(merged, HostConfig.class);
        } catch (JsonProcessingException e) {
            throw Fault.internal("a host configuration does not survive its own JSON", e);
        }
    }

    /** A zero is one only for the number of processes: it means that there is no limit. */
    private static boolean isGiven(JsonNode value) {
        return value.isNumber() ? value.asLong() != 0 : !value.asText("").isEmpty() && !value.isNull();
    }

    private static void refuseConflicts(HostConfig current, HostConfig changes) {
        refuse(
                changes.nanoCpus() == 0 && changes.cpuPeriod() > 0 && current.nanoCpus() > 0,
                "Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set");
        refuse(
                changes.nanoCpus() == 0 && changes.cpuQuota() > 0 && current.nanoCpus() > 0,
                "Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set");
        refuse(
                changes.nanoCpus() > 0 && current.cpuPeriod() > 0,
                "Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set");
        refuse(
                changes.nanoCpus() > 0 && current.cpuQuota() > 0,
                "Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set");
        refuse(
                changes.memory() != 0 && changes.memorySwap() == 0 && changes.memory() > current.memorySwap(),
                "Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the"
                        + " same time");
        String policy = policy(changes.restartPolicy());
        refuse(
                current.autoRemove() && !policy.isEmpty() && !policy.equals("no"),
                "Restart policy cannot be updated because AutoRemove is enabled for the container");
    }

    private static void refuse(boolean conflict, String words) {
        if (conflict) {
            throw Fault.conflict(words);
        }
    }

    private static String policy(@org.jspecify.annotations.Nullable RestartPolicy policy) {
        return policy == null ? "" : Absent.text(policy.name());
    }
}
