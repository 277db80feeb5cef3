package io.caisson.container;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.HostConfig;
import io.caisson.container.config.DnsDefaults;
import io.caisson.container.config.LogRules;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.model.Definition;
import io.caisson.container.model.PlannedMount;
import io.caisson.executor.api.GeneratedFiles;
import io.caisson.executor.api.StartTask;
import io.caisson.executor.api.TaskStreams;
import io.caisson.network.api.AttachContainer;
import io.caisson.network.api.Attachment;
import io.caisson.network.api.Endpoint;
import io.caisson.network.api.EndpointRequest;
import io.caisson.network.api.NetworkPlan.InterfacePlan;
import io.caisson.oci.Mount;
import io.caisson.oci.RuntimeSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a start asks of the network and of the executor: pure. */
final class StartPlan {
    private static final List<String> FILES = List.of("/etc/hostname", "/etc/hosts", "/etc/resolv.conf");
    private static final String HOST_GATEWAY = "host-gateway";

    private StartPlan() {}

    static AttachContainer attach(Container container) {
        Definition definition = container.definition();
        HostConfig host = definition.hostConfig();
        return new AttachContainer(
                definition.node(),
                definition.id(),
                container.name(),
                Absent.text(host.networkMode(), "bridge"),
                requests(definition),
                definition.config().macAddress(),
                PublishPlanner.plan(definition.config(), host),
                definition.config().hostname());
    }

    /** Legacy links are links of the endpoint on the container's main network. */
    private static Map<String, EndpointRequest> requests(Definition definition) {
        List<String> links = Absent.list(definition.hostConfig().links());
        if (links.isEmpty()) {
            return definition.networks();
        }
        String mode = Absent.text(definition.hostConfig().networkMode(), "bridge");
        Map<String, EndpointRequest> requests = new HashMap<>(definition.networks());
        EndpointRequest asked = requests.getOrDefault(mode, EndpointRequest.none());
        List<String> all = new ArrayList<>(asked.links());
        all.addAll(links);
        requests.put(
                mode,
                new EndpointRequest(
                        asked.ipv4Address(),
                        asked.ipv6Address(),
                        asked.macAddress(),
                        asked.aliases(),
                        all,
                        asked.driverOpts(),
                        asked.gwPriority()));
        return requests;
    }

    static StartTask task(
            Definition definition,
            String name,
            RuntimeSpec spec,
            Mount root,
            Attachment network,
            DnsDefaults dns,
            List<LegacyLink> links) {
        HostConfig host = definition.hostConfig();
        ContainerConfig config = definition.config();
        return new StartTask(
                definition.node(),
                definition.id(),
                spec,
                Absent.text(config.user()),
                Absent.list(host.groupAdd()),
                root,
                network.plan(),
                files(definition, network, dns, links),
                streams(config, host),
                LogRules.taskLog(host.logConfig()).withAttributes(LogAttributes.of(definition, name)),
                null,
                init(host));
    }

    /** An init is of no use where it would not be the first process; null leaves it to the host's own setting. */
    private static @Nullable Boolean init(HostConfig host) {
        return Absent.text(host.pidMode()).isEmpty() ? host.init() : Boolean.FALSE;
    }

    private static TaskStreams streams(ContainerConfig config, HostConfig host) {
        List<Integer> size = Absent.list(host.consoleSize());
        boolean known = size.size() == 2;
        return new TaskStreams(
                config.tty(),
                config.openStdin(),
                config.stdinOnce(),
                known ? size.getFirst() : 0,
                known ? size.getLast() : 0);
    }

    private static GeneratedFiles files(
            Definition definition, Attachment network, DnsDefaults dns, List<LegacyLink> links) {
        HostConfig host = definition.hostConfig();
        List<String> taken =
                definition.mounts().stream().map(PlannedMount::destination).toList();
        return new GeneratedFiles(
                Absent.text(definition.config().hostname()),
                Absent.text(definition.config().domainname()),
                hostsLines(definition, network, links),
                dns.serversOf(host),
                dns.searchOf(host),
                dns.optionsOf(host),
                FILES.stream().filter(file -> !taken.contains(file)).toList());
    }

    private static List<String> hostsLines(Definition definition, Attachment network, List<LegacyLink> links) {
        List<String> lines = new ArrayList<>();
        Absent.list(definition.hostConfig().extraHosts()).forEach(entry -> lines.add(extraHost(entry, network)));
        links.forEach(link -> lines.add(link.hostsLine()));
        String name = Absent.text(definition.config().hostname());
        String domain = Absent.text(definition.config().domainname());
        String names = domain.isEmpty() ? name : name + "." + domain + " " + name;
        network.endpoints().stream()
                .map(Endpoint::ipv4Address)
                .filter(address -> !Absent.text(address).isEmpty())
                .forEach(address -> lines.add(address + "\t" + names));
        return lines;
    }

    /** {@code name:address} or {@code name=address}; {@code host-gateway} is the host as the container sees it. */
    private static String extraHost(String entry, Attachment network) {
        int colon = entry.indexOf(':');
        int equals = entry.indexOf('=');
        int end = equals > 0 && (colon < 0 || equals < colon) ? equals : colon;
        String address = entry.substring(end + 1);
        return (address.equals(HOST_GATEWAY) ? gateway(network) : address) + "\t" + entry.substring(0, end);
    }

    private static String gateway(Attachment network) {
        return network.plan().interfaces().stream()
                .map(InterfacePlan::bridge)
                .map(bridge -> bridge.address().split("/", 2)[0])
                .findFirst()
                .orElse("127.0.0.1");
    }
}
