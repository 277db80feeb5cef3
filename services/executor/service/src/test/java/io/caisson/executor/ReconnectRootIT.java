package io.caisson.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.executor.api.ReconnectTask;
import io.caisson.executor.api.StartTask;
import io.caisson.kernel.Fault;
import io.caisson.network.api.NetworkPlan;
import io.caisson.network.api.NetworkPlan.BridgePlan;
import io.caisson.network.api.NetworkPlan.InterfacePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class ReconnectRootIT {
    private final TestHost host;

    ReconnectRootIT() throws IOException {
        host = new TestHost();
    }

    @AfterEach
    void close() throws IOException {
        TestHost.await(
                host.executor().removeBridge(new io.caisson.executor.api.RemoveBridge(TestHost.NODE, second().name())));
        host.close();
    }

    private String subnet() {
        return "10.232." + Math.floorMod(host.instance.hashCode(), 250) + ".";
    }

    private BridgePlan second() {
        return new BridgePlan("c" + host.instance, subnet() + "1/24", subnet() + "0/24", 1500, true, false, true);
    }

    private InterfacePlan onSecond(String containerName) {
        return new InterfacePlan(
                second(),
                "v" + host.instance + "x",
                containerName,
                "02:42:0a:e8:00:05",
                subnet() + "5/24",
                subnet() + "1");
    }

    private static void deleteLink(String name) throws IOException {
        int here = Math.toIntExact(ProcessHandle.current().pid());
        assertThat(Nsenter.in(here, "ip", "link", "delete", name)).isEmpty();
    }

    @Test
    void shouldHaveOneMoreLinkAndLoseItAgainWhenReconnected() throws IOException {
        // Given
        TestTask task = host.task("sleep", "1000").connected(2);
        StartTask command = task.command();
        int pid = host.start(command).pid();
        NetworkPlan before = command.network();

        // When
        List<InterfacePlan> both = new ArrayList<>();
        InterfacePlan first = before.interfaces().getFirst();
        both.add(new InterfacePlan(
                first.bridge(), first.hostName(), first.containerName(), first.macAddress(), first.address(), null));
        both.add(onSecond("eth1"));
        reconnect(new NetworkPlan(task.id(), before.sandbox(), both, List.of()));

        // Then
        assertThat(Nsenter.in(pid, "ip", "-4", "-o", "addr")).contains(task.ip() + "/24", subnet() + "5/24");
        assertThat(Nsenter.in(pid, "ip", "route", "show", "default")).contains("via " + subnet() + "1 dev eth1");
        assertThat(Files.readString(host.places.folder(task.id()).hosts()))
                .contains(subnet() + "5\t", task.ip() + "\t");

        // When the executor restarts in between and the container goes back
        host.restartExecutor();
        reconnect(before);

        // Then
        assertThat(Nsenter.in(pid, "ip", "-4", "-o", "addr"))
                .contains(task.ip() + "/24")
                .doesNotContain(subnet() + "5");
        assertThat(Nsenter.in(pid, "ip", "route", "show", "default")).contains("dev eth0");
        assertThat(Files.readString(host.places.folder(task.id()).hosts())).doesNotContain(subnet() + "5\t");
    }

    @Test
    void shouldPutRunningContainersBackIntoABridgeThatWasLost() throws IOException {
        // Given a container that reaches its bridge
        TestTask task = host.task("sleep", "1000").connected(2);
        StartTask command = task.command();
        int pid = host.start(command).pid();
        BridgePlan bridge = command.network().interfaces().getFirst().bridge();
        String gateway = bridge.address().replaceAll("/.*", "");
        String[] ping = {"busybox", "ping", "-c1", "-W1", gateway};
        assertThat(Nsenter.in(pid, ping)).contains(" 0% packet loss");

        // When somebody deletes the bridge, while the executor works
        deleteLink(bridge.name());
        var _ = TestHost.await(host.executor().mend());

        // Then
        assertThat(Nsenter.in(pid, ping)).contains(" 0% packet loss");

        // When it happens while the executor is away, then likewise
        deleteLink(bridge.name());
        host.restartExecutor();
        assertThat(Nsenter.in(pid, ping)).contains(" 0% packet loss");
    }

    @Test
    void shouldKeepTheNetworkWhenReconnectingFails() throws IOException {
        TestTask task = host.task("sleep", "1000").connected(2);
        StartTask command = task.command();
        int pid = host.start(command).pid();
        NetworkPlan before = command.network();

        // When a second link wants the first one's name
        List<InterfacePlan> both = new ArrayList<>(before.interfaces());
        both.add(onSecond("eth0"));
        assertThatThrownBy(() -> reconnect(new NetworkPlan(task.id(), before.sandbox(), both, List.of())))
                .isInstanceOf(RuntimeException.class);

        // Then
        assertThat(Nsenter.in(pid, "ip", "-4", "-o", "addr"))
                .contains(task.ip() + "/24")
                .doesNotContain(subnet() + "5");
        assertThat(Nsenter.in(pid, "ip", "route", "show", "default")).contains("dev eth0");
        assertThat(Files.exists(java.nio.file.Path.of("/sys/class/net/v" + host.instance + "x")))
                .isFalse();
    }

    @Test
    void shouldRefuseWhenTheContainerDoesNotRun() {
        TestTask task = host.task("true").connected(2);

        assertThatThrownBy(() -> reconnect(task.command().network()))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.CONFLICT));
    }

    private void reconnect(NetworkPlan plan) {
        var _ = TestHost.await(host.executor().reconnect(new ReconnectTask(TestHost.NODE, plan)));
    }
}
