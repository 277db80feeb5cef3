package io.caisson.executor;

import io.caisson.bus.stream.StreamDial;
import io.caisson.executor.api.AttachTask;
import io.caisson.executor.api.GeneratedFiles;
import io.caisson.executor.api.StartTask;
import io.caisson.executor.api.TaskLog;
import io.caisson.executor.api.TaskStreams;
import io.caisson.kernel.ContainerId;
import io.caisson.network.api.NetworkPlan;
import io.caisson.network.api.NetworkPlan.BridgePlan;
import io.caisson.network.api.NetworkPlan.InterfacePlan;
import io.caisson.network.api.NetworkPlan.PortPlan;
import io.caisson.network.api.NetworkPlan.ResolverPlan;
import io.caisson.network.api.NetworkPlan.Sandbox;
import io.caisson.oci.Mount;
import io.caisson.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A container to run in a test, described step by step. */
final class TestTask {
    private final TestHost host;
    private final ContainerId id;
    private final List<String> args;
    private final List<PortPlan> ports = new ArrayList<>();
    private Sandbox sandbox = new Sandbox.Private();
    private List<InterfacePlan> interfaces = List.of();
    private TaskStreams streams = new TaskStreams(false, false, false, 0, 0);
    private String user = "";
    private boolean interContainer = true;
    private @Nullable ResolverPlan resolver;
    private UnaryOperator<RuntimeSpec> change = UnaryOperator.identity();

    TestTask(TestHost host, ContainerId id, List<String> args) {
        this.host = host;
        this.id = id;
        this.args = args;
    }

    ContainerId id() {
        return id;
    }

    /** With another specification than that of an ordinary container. */
    TestTask like(UnaryOperator<RuntimeSpec> other) {
        change = other;
        return this;
    }

    TestTask withStdin() {
        streams = new TaskStreams(false, true, true, 0, 0);
        return this;
    }

    TestTask withTerminal() {
        streams = new TaskStreams(true, true, true, 30, 100);
        return this;
    }

    TestTask as(String other) {
        user = other;
        return this;
    }

    TestTask in(Sandbox other) {
        sandbox = other;
        return this;
    }

    TestTask withoutNeighbours() {
        interContainer = false;
        InterfacePlan open = interfaces.getFirst();
        interfaces = List.of(new InterfacePlan(
                bridge(),
                open.hostName(),
                open.containerName(),
                open.macAddress(),
                open.address(),
                open.defaultGateway()));
        return this;
    }

    /** Connected to the test's bridge with the address {@code 10.231.x.n}. */
    TestTask connected(int n) {
        interfaces = List.of(new InterfacePlan(
                bridge(),
                "v" + host.instance + n,
                "eth0",
                "02:42:0a:e7:00:%02x".formatted(n),
                address(n) + "/24",
                address(1)));
        return this;
    }

    /** With a name server that answers from these networks. */
    TestTask named(boolean external, String... networks) {
        resolver = new ResolverPlan(List.of(networks), Map.of("linked", "peer"), external);
        return this;
    }

    private BridgePlan bridge() {
        return new BridgePlan(host.bridge(), address(1) + "/24", address(0) + "/24", 1500, true, false, interContainer);
    }

    /** Of a subnet that depends on the test's instance, so that tests do not meet. */
    private String address(int n) {
        return "10.231." + Math.floorMod(host.instance.hashCode(), 250) + "." + n;
    }

    TestTask published(String protocol, String hostIp, int hostPort, int containerPort) {
        String ip = interfaces.getFirst().address().replaceFirst("/.*", "");
        ports.add(new PortPlan(protocol, hostIp, hostPort, host.bridge(), ip, containerPort));
        return this;
    }

    String ip() {
        return interfaces.getFirst().address().replaceFirst("/.*", "");
    }

    StartTask command() throws IOException {
        return new StartTask(
                TestHost.NODE,
                id,
                change.apply(spec()),
                user,
                List.of(),
                rootfs(),
                new NetworkPlan(id, sandbox, interfaces, ports, resolver),
                files(),
                streams,
                new TaskLog("json-file", 0, 1),
                null,
                false);
    }

    private Mount rootfs() throws IOException {
        Path own = host.folder.resolve("snapshots").resolve(id.value());
        Path upper = Files.createDirectories(own.resolve("upper"));
        Path work = Files.createDirectories(own.resolve("work"));
        return new Mount(
                "overlay",
                "overlay",
                "",
                List.of("lowerdir=" + host.rootfs, "upperdir=" + upper, "workdir=" + work, "index=off", "volatile"));
    }

    private GeneratedFiles files() {
        String name = id.value().substring(0, 12);
        List<String> hosts = interfaces.isEmpty() ? List.of() : List.of(ip() + "\t" + name);
        return new GeneratedFiles(
                name,
                "",
                hosts,
                List.of("9.9.9.9"),
                List.of(),
                List.of(),
                List.of("/etc/hostname", "/etc/hosts", "/etc/resolv.conf"));
    }

    private RuntimeSpec spec() {
        var capabilities = List.of("CAP_CHOWN", "CAP_NET_BIND_SERVICE", "CAP_KILL", "CAP_SETUID", "CAP_SETGID");
        var process = new RuntimeSpec.Process(
                streams.terminal(),
                null,
                new RuntimeSpec.User(0, 0, null, null),
                args,
                List.of("PATH=/bin", "HOME=/root"),
                "/",
                new RuntimeSpec.Capabilities(capabilities, capabilities, capabilities, null, null),
                null,
                false,
                null,
                null,
                null);
        List<RuntimeSpec.Namespace> namespaces = List.of("pid", "mount", "ipc", "uts", "network").stream()
                .map(type -> new RuntimeSpec.Namespace(type, null))
                .toList();
        var linux = new RuntimeSpec.Linux(
                namespaces, null, host.places.cgroupParent() + "/" + id, null, null, null, null, null, null, null);
        return new RuntimeSpec(
                "1.0.2",
                process,
                new RuntimeSpec.Root("", false),
                null,
                null,
                List.of(
                        new Mount("proc", "proc", "/proc", List.of("nosuid", "noexec", "nodev")),
                        new Mount("tmpfs", "tmpfs", "/dev", List.of("nosuid", "mode=755")),
                        new Mount("devpts", "devpts", "/dev/pts", List.of("nosuid", "noexec", "newinstance")),
                        new Mount("sysfs", "sysfs", "/sys", List.of("ro", "nosuid"))),
                linux,
                null);
    }

    /** Attaches to everything; where the container runs already, the monitor's answer is still to be read. */
    SocketChannel attach() throws IOException {
        var target = TestHost.await(
                host.executor().attach(new AttachTask(TestHost.NODE, id, true, true, true, streams.terminal())));
        return StreamDial.open(target);
    }

    String log() throws IOException {
        return Files.readString(host.places.folder(id).log());
    }
}
