package io.caisson.engine.api.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.container.api.HostConfig;
import io.caisson.engine.api.EngineJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code HostConfig} of an inspect: what was asked for, and Docker's default where nothing was. */
final class HostConfigView {
    private static final long SHM_SIZE = 64L << 20;
    private static final Map<String, String> DEFAULT_TEXTS =
            Map.of("NetworkMode", "bridge", "IpcMode", "private", "CgroupnsMode", "private", "Runtime", "runc");
    private static final List<String> TEXTS = List.of(
            "ContainerIDFile",
            "VolumeDriver",
            "Cgroup",
            "PidMode",
            "UTSMode",
            "UsernsMode",
            "Isolation",
            "CgroupParent",
            "CpusetCpus",
            "CpusetMems");
    private static final List<String> LISTS = List.of(
            "Dns",
            "DnsOptions",
            "DnsSearch",
            "BlkioWeightDevice",
            "BlkioDeviceReadBps",
            "BlkioDeviceWriteBps",
            "BlkioDeviceReadIOps",
            "BlkioDeviceWriteIOps",
            "Devices");
    private static final List<String> OPTIONAL =
            List.of("Mounts", "Annotations", "StorageOpt", "Tmpfs", "Sysctls", "Init");
    private static final List<String> WINDOWS =
            List.of("CpuCount", "CpuPercent", "IOMaximumIOps", "IOMaximumBandwidth");
    private static final List<String> MASKED = List.of(
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
    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private HostConfigView() {}

    static ObjectNode of(HostConfig config) {
        ObjectNode view = EngineJson.mapper().valueToTree(config);
        TEXTS.forEach(name -> putIfNull(view, name, ""));
        DEFAULT_TEXTS.forEach((name, value) -> putIfNull(view, name, value));
        LISTS.stream().filter(name -> view.path(name).isNull()).forEach(view::putArray);
        OPTIONAL.stream().filter(name -> isUnset(view, name)).forEach(view::remove);
        WINDOWS.forEach(name -> view.put(name, 0));
        if (view.path("PortBindings").isNull()) {
            view.putObject("PortBindings");
        }
        if (view.path("ShmSize").isNull()) {
            view.put("ShmSize", SHM_SIZE);
        }
        if (view.path("ConsoleSize").isNull()) {
            view.putArray("ConsoleSize").add(0).add(0);
        }
        if (view.path("MemorySwappiness").asInt(-1) < 0) {
            view.putNull("MemorySwappiness");
        }
        view.path("Mounts").forEach(HostConfigView::withoutUnset);
        logging(view);
        restart(view);
        paths(view, "MaskedPaths", config.privileged() ? List.of() : MASKED);
        paths(view, "ReadonlyPaths", config.privileged() ? List.of() : READ_ONLY);
        return view;
    }

    /** Go leaves zero values of a mount out. */
    private static void withoutUnset(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.forEach(HostConfigView::withoutUnset);
            object.removeIf(HostConfigView::isZero);
        }
    }

    private static boolean isZero(JsonNode value) {
        boolean no = value.isBoolean() && !value.asBoolean();
        return no || value.isNull() || (value.isTextual() && value.asText().isEmpty());
    }

    private static boolean isUnset(ObjectNode view, String name) {
        var value = view.path(name);
        return value.isNull() || (value.isContainerNode() && value.isEmpty());
    }

    private static void putIfNull(ObjectNode view, String name, String value) {
        if (view.path(name).isNull()) {
            view.put(name, value);
        }
    }

    private static void logging(ObjectNode view) {
        ObjectNode log = view.get("LogConfig") instanceof ObjectNode given ? given : view.putObject("LogConfig");
        if (log.path("Type").asText("").isEmpty() || log.path("Type").isNull()) {
            log.put("Type", "json-file");
        }
        if (!log.path("Config").isObject()) {
            log.putObject("Config");
        }
    }

    private static void restart(ObjectNode view) {
        ObjectNode policy =
                view.get("RestartPolicy") instanceof ObjectNode given ? given : view.putObject("RestartPolicy");
        String name = text(policy.path("Name").asText(""));
        policy.put("Name", name.isEmpty() || name.equals("null") ? "no" : name);
        if (!policy.has("MaximumRetryCount")) {
            policy.put("MaximumRetryCount", 0);
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static void paths(ObjectNode view, String name, List<String> defaults) {
        if (view.path(name).isNull()) {
            var array = view.putArray(name);
            defaults.forEach(array::add);
        }
    }
}
