package io.caisson.container.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.bus.wire.WireJson;
import io.caisson.container.api.HostConfig;
import io.caisson.container.model.Absent;
import io.caisson.kernel.Fault;
import java.util.List;

/** What a host configuration that was left open means, as {@code inspect} shows it. */
public final class HostConfigDefaults {
    private static final long SHM = 64L * 1024 * 1024;
    public static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/sys/devices/virtual/powercap",
            "/sys/firmware");
    public static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private HostConfigDefaults() {}

    /**
     * @param networkMode with the joined container's full id, if it joins one
     * @param cgroupVersion of the node: private cgroup namespaces are the default with 2
     */
    public static HostConfig fill(HostConfig host, String networkMode, int cgroupVersion) {
        ObjectNode node = WireJson.mapper().valueToTree(host);
        node.put("networkMode", networkMode);
        node.put("ipcMode", Absent.text(host.ipcMode(), "private"));
        node.put("cgroupnsMode", Absent.text(host.cgroupnsMode(), defaultCgroup(host, cgroupVersion)));
        node.put("runtime", Absent.text(host.runtime(), "runc"));
        if (host.shmSize() == null || host.shmSize() == 0) {
            node.put("shmSize", SHM);
        }
        if (host.memory() > 0 && host.memorySwap() == 0) {
            node.put("memorySwap", 2 * host.memory());
        }
        if (host.pidsLimit() != null && host.pidsLimit() <= 0) {
            node.putNull("pidsLimit");
        }
        fillPolicies(host, node);
        fillPaths(host, node);
        try {
            return WireJson.mapper().treeToValue(node, HostConfig.class);
        } catch (JsonProcessingException e) {
            throw Fault.internal("a host configuration does not survive its own JSON", e);
        }
    }

    private static String defaultCgroup(HostConfig host, int cgroupVersion) {
        return cgroupVersion == 2 && !host.privileged() ? "private" : "host";
    }

    private static void fillPolicies(HostConfig host, ObjectNode node) {
        var policy = host.restartPolicy();
        if (policy == null || Absent.text(policy.name()).isEmpty()) {
            node.putObject("restartPolicy").put("name", "no").put("maximumRetryCount", 0);
        }
        var log = host.logConfig();
        if (log == null || Absent.text(log.type()).isEmpty()) {
            ObjectNode filled = node.putObject("logConfig").put("type", "json-file");
            filled.set("config", WireJson.mapper().valueToTree(Absent.map(log == null ? null : log.config())));
        }
    }

    private static void fillPaths(HostConfig host, ObjectNode node) {
        boolean bare = host.privileged() || Absent.list(host.securityOpt()).contains("systempaths=unconfined");
        if (bare) {
            node.putArray("maskedPaths");
            node.putArray("readonlyPaths");
            return;
        }
        if (host.maskedPaths() == null) {
            node.set("maskedPaths", WireJson.mapper().valueToTree(MASKED));
        }
        if (host.readonlyPaths() == null) {
            node.set("readonlyPaths", WireJson.mapper().valueToTree(READ_ONLY));
        }
    }
}
