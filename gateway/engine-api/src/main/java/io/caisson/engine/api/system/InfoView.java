package io.caisson.engine.api.system;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.container.api.ContainerState.Status;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.GoTime;
import io.caisson.engine.api.image.GraphDriver;
import io.caisson.executor.api.HostInfo;
import java.time.Instant;
import java.util.List;

/** {@code docker info}, server side. */
public final class InfoView {
    private static final int FIREWALL = 49;
    private static final int WITHOUT_BRIDGE_NF = 50;

    private InfoView() {}

    public static ObjectNode of(InfoFacts facts, ApiVersion version, Instant now) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("ID", facts.id());
        counts(view, facts);
        storage(view, facts);
        limits(view, facts.host(), version);
        view.put("Debug", false).put("NFd", -1).put("NGoroutines", Thread.activeCount());
        view.put("SystemTime", GoTime.of(now)).put("LoggingDriver", "json-file");
        view.put("NEventsListener", facts.eventListeners());
        host(view, facts.host());
        registry(view, facts);
        view.putNull("GenericResources");
        view.put("HttpProxy", "").put("HttpsProxy", "").put("NoProxy", "");
        strings(view.putArray("Labels"), facts.labels());
        view.put("ExperimentalBuild", false).put("ServerVersion", ServerVersion.ENGINE);
        runtimes(view, facts.host());
        swarm(view);
        view.put("LiveRestoreEnabled", true).put("Isolation", "").put("InitBinary", "docker-init");
        commits(view, facts.host(), version);
        strings(view.putArray("SecurityOptions"), facts.host().securityOptions());
        if (version.atLeast(FIREWALL)) {
            view.putObject("FirewallBackend").put("Driver", "nftables");
        }
        strings(view.putArray("CDISpecDirs"), List.of());
        strings(view.putArray("Warnings"), facts.host().warnings());
        return view;
    }

    private static void counts(ObjectNode view, InfoFacts facts) {
        view.put("Containers", facts.count(Status.values()));
        view.put("ContainersRunning", facts.count(Status.RUNNING, Status.RESTARTING));
        view.put("ContainersPaused", facts.count(Status.PAUSED));
        view.put("ContainersStopped", facts.count(Status.CREATED, Status.EXITED, Status.DEAD, Status.REMOVING));
        view.put("Images", facts.images());
    }

    private static void storage(ObjectNode view, InfoFacts facts) {
        view.put("Driver", GraphDriver.OVERLAY.name());
        view.putArray("DriverStatus").addArray().add("driver-type").add("caisson.layer-store");
        view.put("DockerRootDir", facts.dataRoot());
        ObjectNode plugins = view.putObject("Plugins");
        strings(plugins.putArray("Volume"), List.of("local"));
        strings(plugins.putArray("Network"), List.of("bridge", "host", "null"));
        plugins.putNull("Authorization");
        strings(plugins.putArray("Log"), List.of("json-file"));
    }

    private static void limits(ObjectNode view, HostInfo host, ApiVersion version) {
        view.put("MemoryLimit", host.memoryLimit()).put("SwapLimit", host.swapLimit());
        view.put("CpuCfsPeriod", host.cpuCfs()).put("CpuCfsQuota", host.cpuCfs());
        view.put("CPUShares", host.cpuShares()).put("CPUSet", host.cpuSet());
        view.put("PidsLimit", host.pidsLimit()).put("OomKillDisable", host.oomKillDisable());
        view.put("IPv4Forwarding", host.ipv4Forwarding());
        if (!version.atLeast(WITHOUT_BRIDGE_NF)) {
            view.put("BridgeNfIptables", false).put("BridgeNfIp6tables", false);
        }
    }

    private static void host(ObjectNode view, HostInfo host) {
        view.put("CgroupDriver", host.cgroupDriver()).put("CgroupVersion", Integer.toString(host.cgroupVersion()));
        view.put("KernelVersion", host.kernelVersion()).put("OperatingSystem", host.operatingSystem());
        view.put("OSVersion", host.osVersion()).put("OSType", "linux");
        view.put("Architecture", host.architecture()).put("NCPU", host.cpus()).put("MemTotal", host.memory());
        view.put("Name", host.hostname());
    }

    private static void registry(ObjectNode view, InfoFacts facts) {
        view.put("IndexServerAddress", "https://index.docker.io/v1/");
        ObjectNode registry = view.putObject("RegistryConfig");
        strings(registry.putArray("InsecureRegistryCIDRs"), List.of("::1/128", "127.0.0.0/8"));
        strings(registry.putArray("Mirrors"), facts.mirrors());
        ObjectNode indexes = registry.putObject("IndexConfigs");
        index(indexes, "docker.io", facts.mirrors(), true);
        facts.insecureRegistries().forEach(host -> index(indexes, host, List.of(), false));
    }

    private static void index(ObjectNode indexes, String name, List<String> mirrors, boolean secure) {
        ObjectNode index = indexes.putObject(name);
        index.put("Name", name).put("Secure", secure).put("Official", name.equals("docker.io"));
        strings(index.putArray("Mirrors"), mirrors);
    }

    private static void runtimes(ObjectNode view, HostInfo host) {
        view.putObject("Runtimes").putObject(host.runtimeName()).put("path", host.runtimeName());
        view.put("DefaultRuntime", host.runtimeName());
    }

    private static void swarm(ObjectNode view) {
        ObjectNode swarm = view.putObject("Swarm");
        swarm.put("NodeID", "").put("NodeAddr", "").put("LocalNodeState", "inactive");
        swarm.put("ControlAvailable", false).put("Error", "").putNull("RemoteManagers");
    }

    private static void commits(ObjectNode view, HostInfo host, ApiVersion version) {
        commit(view.putObject("ContainerdCommit"), "", version);
        commit(view.putObject("RuncCommit"), host.runtimeVersion(), version);
        commit(view.putObject("InitCommit"), "", version);
    }

    private static void commit(ObjectNode commit, String id, ApiVersion version) {
        commit.put("ID", id);
        if (!version.atLeast(FIREWALL)) {
            commit.put("Expected", id);
        }
    }

    private static void strings(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }
}
