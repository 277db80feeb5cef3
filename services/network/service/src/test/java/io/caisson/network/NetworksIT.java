package io.caisson.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.bus.Ports;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.kernel.NodeId;
import io.caisson.network.api.AttachContainer;
import io.caisson.network.api.Attachment;
import io.caisson.network.api.DetachContainer;
import io.caisson.network.api.FindNetwork;
import io.caisson.network.api.ListNetworks;
import io.caisson.network.api.NetworkDetail;
import io.caisson.network.api.NetworkPlan.Sandbox;
import io.caisson.network.api.Networks;
import io.caisson.network.api.PublishRequest;
import io.caisson.testkit.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class NetworksIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Ports ports;

    private Networks networks;

    @BeforeEach
    void serveNode() {
        networks = ports.client(Networks.class);
        TestNode.serve(ports);
    }

    @Test
    void shouldHaveThePredefinedNetworksWhenItStarts() {
        var list = networks.list(new ListNetworks(Map.of())).await().atMost(PATIENCE);

        assertThat(list.networks()).extracting(NetworkDetail::name).contains("bridge", "host", "none");
        assertThatThrownBy(
                        () -> networks.inspect(new FindNetwork("nope")).await().atMost(PATIENCE))
                .hasMessage("network nope not found")
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.NOT_FOUND));
    }

    @Test
    void shouldGiveEachContainerAnAddressOfItsOwnWhenManyAttachAtOnce() {
        // When 40 attach, eight at a time
        List<Attachment> attachments = Multi.createFrom()
                .range(0, 40)
                .onItem()
                .transformToUni(_ -> networks.attach(attach("bridge")))
                .merge(8)
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);

        // Then
        assertThat(attachments)
                .extracting(a -> a.plan().interfaces().getFirst().address())
                .doesNotHaveDuplicates()
                .hasSize(40);
        // And all are gone when they detach at once
        var _ = Multi.createFrom()
                .iterable(attachments)
                .onItem()
                .transformToUni(
                        a -> networks.detach(new DetachContainer(a.plan().container())))
                .merge(16)
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
        var bridge = networks.inspect(new FindNetwork("bridge")).await().atMost(PATIENCE);
        assertThat(bridge.endpoints()).isEmpty();
    }

    @Test
    void shouldAnswerTheSameWhenAttachedTwice() {
        var command = attach("default");

        var first = networks.attach(command).await().atMost(PATIENCE);
        var second = networks.attach(command).await().atMost(PATIENCE);

        assertThat(second.plan()).isEqualTo(first.plan());
        detach(first);
    }

    @Test
    void shouldPlanNoLinksWhenTheNetworkIsTheHostsOrAnothersOrNone() {
        var none = networks.attach(attach("none")).await().atMost(PATIENCE);
        var host = networks.attach(attach("host")).await().atMost(PATIENCE);
        var other = Ids.hex64();
        var joined = networks.attach(attach("container:" + other)).await().atMost(PATIENCE);

        assertThat(none.plan().sandbox()).isEqualTo(new Sandbox.Private());
        assertThat(none.plan().interfaces()).isEmpty();
        assertThat(host.plan().sandbox()).isEqualTo(new Sandbox.Host());
        assertThat(joined.plan().sandbox()).isEqualTo(new Sandbox.Joined(new ContainerId(other)));
        List.of(none, host, joined).forEach(this::detach);
    }

    @Test
    void shouldLeaveNothingAllocatedWhenAPortIsTaken() {
        // Given a container that has the port
        var first = networks.attach(attach("bridge", new PublishRequest("tcp", 80, "", 8080, 8080)))
                .await()
                .atMost(PATIENCE);
        assertThat(first.plan().ports()).hasSize(1);

        // When another wants it
        var second = attach("bridge", new PublishRequest("tcp", 80, "", 8080, 8080));
        assertThatThrownBy(() -> networks.attach(second).await().atMost(PATIENCE))
                .hasMessageContaining("driver failed programming external connectivity on endpoint some_name (")
                .hasMessageEndingWith("Bind for 0.0.0.0:8080 failed: port is already allocated");

        // Then only the first is attached, and its port is free again once it is detached
        var bridge = networks.inspect(new FindNetwork("bridge")).await().atMost(PATIENCE);
        assertThat(bridge.endpoints()).extracting(e -> e.container()).doesNotContain(second.container());
        detach(first);
        assertThat(TestNode.NODE.ports).isEmpty();
    }

    @Test
    void shouldRefuseUnknownFilters() {
        assertThatThrownBy(() -> networks.list(new ListNetworks(Map.of("colour", List.of("red"))))
                        .await()
                        .atMost(PATIENCE))
                .hasMessage("invalid filter 'colour'");
        var builtin = networks.list(new ListNetworks(Map.of("type", List.of("builtin"))))
                .await()
                .atMost(PATIENCE);
        assertThat(builtin.networks()).hasSize(3);
    }

    private void detach(Attachment attachment) {
        var _ = networks.detach(new DetachContainer(attachment.plan().container()))
                .await()
                .atMost(PATIENCE);
    }

    private static AttachContainer attach(String mode, PublishRequest... publish) {
        return new AttachContainer(
                new NodeId("local"), new ContainerId(Ids.hex64()), "some_name", mode, Map.of(), null, List.of(publish));
    }
}
