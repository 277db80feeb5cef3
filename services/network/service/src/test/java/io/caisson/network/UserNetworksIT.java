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
import io.caisson.network.api.ConnectContainer;
import io.caisson.network.api.CreateNetwork;
import io.caisson.network.api.DetachContainer;
import io.caisson.network.api.DisconnectContainer;
import io.caisson.network.api.EndpointRequest;
import io.caisson.network.api.FindNetwork;
import io.caisson.network.api.ListNames;
import io.caisson.network.api.NetworkDetail;
import io.caisson.network.api.NetworkPlan.InterfacePlan;
import io.caisson.network.api.Networks;
import io.caisson.network.api.Pool;
import io.caisson.network.api.PruneNetworks;
import io.caisson.network.api.PublishRequest;
import io.caisson.network.api.RenameEndpoints;
import io.caisson.testkit.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UserNetworksIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Ports ports;

    private Networks networks;
    private final List<ContainerId> attached = new ArrayList<>();
    private final List<String> made = new ArrayList<>();

    @BeforeEach
    void serveNode() {
        networks = ports.client(Networks.class);
        TestNode.serve(ports);
    }

    @AfterEach
    void cleanUp() {
        attached.forEach(container -> done(networks.detach(new DetachContainer(container))));
        made.forEach(name -> done(networks.remove(new FindNetwork(name))));
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    @Test
    void shouldMakeNetworksWithSubnetsOfTheirOwnWhenSeveralAreMadeAtOnce() {
        List<NetworkDetail> details = done(Multi.createFrom()
                .range(0, 6)
                .onItem()
                .transformToUni(i -> networks.create(network("at-once-" + i)))
                .merge(6)
                .collect()
                .asList());
        details.forEach(detail -> made.add(detail.name()));

        assertThat(details)
                .extracting(detail -> detail.pools().getFirst().subnet())
                .doesNotHaveDuplicates();
        assertThat(details).allSatisfy(detail -> {
            assertThat(detail.driver()).isEqualTo("bridge");
            assertThat(detail.id().value()).hasSize(64);
        });
        assertThat(TestNode.NODE.bridges.keySet())
                .containsAll(details.stream()
                        .map(detail -> "br-c0-" + detail.id().value().substring(0, 6))
                        .toList());
    }

    @Test
    void shouldKeepWhatWasAskedForAndRefuseWhatClashes() {
        var asked = new CreateNetwork(
                "asked",
                "bridge",
                true,
                true,
                false,
                List.of(new Pool("10.201.0.0/16", "10.201.9.9", "10.201.4.0/24", Map.of("printer", "10.201.4.0"))),
                Map.of("com.docker.network.bridge.name", "br-asked", "com.docker.network.driver.mtu", "1400"),
                Map.of("who", "me"));
        NetworkDetail detail = make(asked);

        assertThat(detail.pools()).isEqualTo(asked.pools());
        assertThat(detail.internal()).isTrue();
        assertThat(detail.labels()).isEqualTo(Map.of("who", "me"));
        assertRefused(asked, Fault.Kind.CONFLICT, "network with name asked already exists");
        assertRefused(
                network("other", "10.201.128.0/17"),
                Fault.Kind.FORBIDDEN,
                "invalid pool request: Pool overlaps with other one on this address space");
        assertRefused(
                network("bad", "10.202.1.0/16"),
                Fault.Kind.INVALID,
                "invalid network config:\ninvalid subnet 10.202.1.0/16: it should be 10.202.0.0/16");

        // When a container comes: the range's first address is the printer's
        Attachment attachment = attach("asked", Map.of());
        InterfacePlan link = attachment.plan().interfaces().getFirst();
        assertThat(link.address()).isEqualTo("10.201.4.1/16");
        assertThat(link.bridge().name()).isEqualTo("br-asked");
        assertThat(link.bridge().mtu()).isEqualTo(1400);
        assertThat(link.bridge().internal()).isTrue();
        assertThat(link.defaultGateway()).isNull();
        assertThat(attachment.plan().resolver())
                .satisfies(resolver -> assertThat(resolver.external()).isFalse());
    }

    @Test
    void shouldRefuseToRemoveWhatIsInUseOrPredefined() {
        NetworkDetail detail = make(network("in-use"));
        var _ = attach("in-use", Map.of());

        assertThatThrownBy(() -> done(networks.remove(new FindNetwork("in-use"))))
                .hasMessage("error while removing network: network in-use id " + detail.id() + " has active endpoints");
        assertThatThrownBy(() -> done(networks.remove(new FindNetwork("bridge"))))
                .hasMessage("bridge is a pre-defined network and cannot be removed");
        assertThat(done(networks.prune(new PruneNetworks(Map.of(), null))).names())
                .doesNotContain("in-use", "bridge", "host", "none");
    }

    @Test
    void shouldPruneWhatNobodyUses() {
        make(network("unused-1"));
        var labelled =
                new CreateNetwork("unused-2", "bridge", false, false, false, List.of(), Map.of(), Map.of("keep", ""));
        make(labelled);

        assertThat(done(networks.prune(new PruneNetworks(Map.of("label!", List.of("keep")), null)))
                        .names())
                .contains("unused-1")
                .doesNotContain("unused-2");
        assertThatThrownBy(() -> done(networks.inspect(new FindNetwork("unused-1"))))
                .hasMessage("network unused-1 not found");
        made.remove("unused-1");
    }

    @Test
    void shouldAnnounceNamesAndTakeThemBack() {
        String id = make(network("named")).id().value();
        var container = new ContainerId(Ids.hex64());
        var request = new EndpointRequest(null, null, null, List.of("db", "db.local"), List.of(), Map.of(), null);

        Attachment attachment = attach(start(container, "some", "named", Map.of("named", request)));

        String address = attachment.endpoints().getFirst().ipv4Address();
        String shortId = container.value().substring(0, 12);
        assertThat(attachment.endpoints().getFirst().dnsNames())
                .containsExactly("some", "db", "db.local", shortId, "h");
        assertThat(TestNode.NODE.names.get(id).entries()).singleElement().satisfies(entry -> {
            assertThat(entry.address()).isEqualTo(address);
            assertThat(entry.names()).containsExactly("some", "db", "db.local", shortId, "h");
        });

        done(networks.rename(new RenameEndpoints(container, "other")));
        assertThat(TestNode.NODE.names.get(id).entries().getFirst().names()).startsWith("other");
        assertThat(done(networks.names(new ListNames(new NodeId("local")))).tables())
                .contains(TestNode.NODE.names.get(id));

        done(networks.detach(new DetachContainer(container)));
        assertThat(TestNode.NODE.names.get(id).entries()).isEmpty();
    }

    @Test
    void shouldConnectAndDisconnectARunningContainer() {
        make(network("zz-first"));
        make(network("aa-second", "10.203.0.0/24"));
        var container = new ContainerId(Ids.hex64());
        AttachContainer start = start(container, "some", "zz-first", Map.of(), new PublishRequest("tcp", 80, "", 0, 0));
        Attachment before = attach(start);

        // When it is connected with an address of its own
        var request = new EndpointRequest("10.203.0.77", null, null, List.of("x"), List.of("peer:p"), Map.of(), null);
        Attachment after = done(networks.connect(new ConnectContainer(start, "aa-second", request, before.ports())));

        // Then the first network by name carries the default route and the ports
        assertThat(after.plan()).isEqualTo(TestNode.NODE.plans.get(container));
        assertThat(after.plan().interfaces())
                .extracting(InterfacePlan::containerName)
                .containsExactly("eth0", "eth1");
        assertThat(after.plan().interfaces().getLast().address()).isEqualTo("10.203.0.77/24");
        assertThat(after.plan().interfaces())
                .extracting(InterfacePlan::defaultGateway)
                .containsExactly(null, "10.203.0.1");
        assertThat(after.plan().ports()).singleElement().satisfies(port -> assertThat(port.containerIp())
                .isEqualTo("10.203.0.77"));
        assertThat(after.ports()).isEqualTo(before.ports());
        assertThat(after.plan().resolver())
                .satisfies(resolver -> assertThat(resolver.links()).isEqualTo(Map.of("p", "peer")));
        assertThatThrownBy(() -> done(networks.connect(new ConnectContainer(start, "aa-second", request, List.of()))))
                .hasMessage("endpoint with name some already exists in network aa-second");

        // When it leaves again
        Attachment left = done(networks.disconnect(new DisconnectContainer(start, "aa-second", after.ports())));
        assertThat(left.plan().interfaces()).isEqualTo(before.plan().interfaces());
        assertThat(left.ports()).isEqualTo(before.ports());
        assertThat(done(networks.inspect(new FindNetwork("aa-second"))).endpoints())
                .isEmpty();
        assertThatThrownBy(() -> done(networks.disconnect(new DisconnectContainer(start, "aa-second", List.of()))))
                .hasMessage("container " + container + " is not connected to network aa-second");
    }

    @Test
    void shouldTakeAConnectionBackWhenTheNodeFails() {
        make(network("works"));
        make(network("fails"));
        AttachContainer start = start(new ContainerId(Ids.hex64()), "some", "works", Map.of());
        var _ = attach(start);
        var request = new EndpointRequest(
                null, null, null, List.of(), List.of(), Map.of("com.docker.network.endpoint.ifname", "broken"), null);

        assertThatThrownBy(() -> done(networks.connect(new ConnectContainer(start, "fails", request, List.of()))))
                .hasMessage("no such namespace");

        assertThat(done(networks.inspect(new FindNetwork("fails"))).endpoints()).isEmpty();
    }

    @Test
    void shouldAttachToSeveralNetworksWhenTheyAreAskedForAtCreate() {
        make(network("several-1"));
        String second = make(network("several-2")).id().value();
        Map<String, EndpointRequest> requests = new HashMap<>();
        requests.put("several-1", EndpointRequest.none());
        requests.put(second, EndpointRequest.none());

        // When the mode names by id what the requests name, too
        Attachment attachment = attach(second, requests);

        assertThat(attachment.endpoints()).extracting(e -> e.networkName()).containsExactly("several-2", "several-1");
        assertThat(attachment.plan().interfaces())
                .extracting(InterfacePlan::containerName)
                .containsExactly("eth0", "eth1");
    }

    @Test
    void shouldNotDeadlockWhenManyAttachToTheSameNetworksInDifferentOrders() {
        make(network("order-1"));
        make(network("order-2"));
        Map<String, EndpointRequest> both =
                Map.of("order-1", EndpointRequest.none(), "order-2", EndpointRequest.none());

        List<Attachment> all = done(Multi.createFrom()
                .range(0, 24)
                .onItem()
                .transformToUni(i -> {
                    var container = new ContainerId(Ids.hex64());
                    attached.add(container);
                    return networks.attach(start(container, "c" + i, i % 2 == 0 ? "order-1" : "order-2", both));
                })
                .merge(8)
                .collect()
                .asList());

        assertThat(all).hasSize(24);
        String id = done(networks.inspect(new FindNetwork("order-1"))).id().value();
        assertThat(TestNode.NODE.names.get(id).entries()).hasSize(24);
    }

    @Test
    void shouldRefuseAddressesAndAliasesWhereTheyCannotBe() {
        make(network("not-configured"));
        var address = new EndpointRequest("10.9.9.9", null, null, List.of(), List.of(), Map.of(), null);
        var alias = new EndpointRequest(null, null, null, List.of("a"), List.of(), Map.of(), null);

        assertThatThrownBy(() -> attach("not-configured", Map.of("not-configured", address)))
                .hasMessageEndingWith("user specified IP address is supported only when connecting to networks with"
                        + " user configured subnets");
        assertThatThrownBy(() -> attach("bridge", Map.of("bridge", address)))
                .hasMessageEndingWith("user specified IP address is supported on user defined networks only");
        assertThatThrownBy(() -> attach("default", Map.of("default", alias)))
                .hasMessageEndingWith("network-scoped alias is supported only for containers in user defined networks");
    }

    private NetworkDetail make(CreateNetwork command) {
        NetworkDetail detail = done(networks.create(command));
        made.add(detail.name());
        return detail;
    }

    private void assertRefused(CreateNetwork command, Fault.Kind kind, String message) {
        assertThatThrownBy(() -> done(networks.create(command)))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
    }

    private Attachment attach(String mode, Map<String, EndpointRequest> requests) {
        return attach(start(new ContainerId(Ids.hex64()), "some", mode, requests));
    }

    private Attachment attach(AttachContainer command) {
        attached.add(command.container());
        return done(networks.attach(command));
    }

    private static AttachContainer start(
            ContainerId container,
            String name,
            String mode,
            Map<String, EndpointRequest> requests,
            PublishRequest... publish) {
        return new AttachContainer(
                new NodeId("local"), container, name, mode, requests, null, Arrays.asList(publish), "h");
    }

    private static CreateNetwork network(String name, String... subnets) {
        return new CreateNetwork(
                name,
                "bridge",
                false,
                false,
                false,
                Arrays.stream(subnets)
                        .map(subnet -> new Pool(subnet, null, null, Map.of()))
                        .toList(),
                Map.of(),
                Map.of());
    }
}
