package io.caisson.network;

import io.caisson.kernel.Fault;
import io.caisson.network.api.AttachContainer;
import io.caisson.network.api.EndpointRequest;
import io.caisson.network.store.NetworkRow;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What may be asked of an endpoint. */
final class EndpointRules {
    private EndpointRules() {}

    /** What a container asked of a network, under whichever of its names; nothing when it did not name it. */
    static EndpointRequest requestFor(AttachContainer command, NetworkRow network) {
        return entry(command, text -> isNameOf(text, network))
                .or(() -> entry(command, network.id::startsWith))
                .orElseGet(EndpointRequest::none);
    }

    private static Optional<EndpointRequest> entry(AttachContainer command, Predicate<String> key) {
        return command.requests().entrySet().stream()
                .filter(entry -> key.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean isNameOf(String text, NetworkRow network) {
        return NetworkNames.canonical(text).equals(network.name) || network.id.equals(text);
    }

    /** INVALID for what the network cannot give. */
    static void check(NetworkRow network, EndpointRequest request) {
        if (network.predefined && !request.aliases().isEmpty()) {
            throw invalid(network, "network-scoped alias is supported only for containers in user defined networks");
        }
        if (request.ipv6Address() != null && !request.ipv6Address().isEmpty()) {
            throw Fault.unsupported("IPv6 addresses are not implemented");
        }
        if (request.ipv4Address() == null || request.ipv4Address().isEmpty()) {
            return;
        }
        if (network.predefined) {
            throw invalid(network, "user specified IP address is supported on user defined networks only");
        }
        if (!network.configured) {
            throw invalid(
                    network,
                    "user specified IP address is supported only when connecting to networks with user configured"
                            + " subnets");
        }
    }

    private static Fault invalid(NetworkRow network, String why) {
        return Fault.invalid("invalid config for network " + network.name + ": invalid endpoint settings:\n" + why);
    }
}
