package io.caisson.container;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.HostConfig;
import io.caisson.container.api.HostConfig.PortBinding;
import io.caisson.container.model.Absent;
import io.caisson.kernel.Fault;
import io.caisson.network.api.PublishRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Ports to publish: those bound by name, and with publish-all the rest of the exposed ones. */
final class PublishPlanner {
    private static final Pattern PORT = Pattern.compile("(\\d{1,5})(?:/(tcp|udp|sctp))?");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
    private static final int LAST = 65_535;

    private PublishPlanner() {}

    /** Nothing for containers without a network of their own. */
    static List<PublishRequest> plan(ContainerConfig config, HostConfig host) {
        String mode = Absent.text(host.networkMode());
        List<PublishRequest> requests = new ArrayList<>();
        Map<String, List<PortBinding>> bindings = Absent.map(host.portBindings());
        bindings.forEach((port, list) -> requests.addAll(bound(port, Absent.list(list))));
        if (host.publishAllPorts()) {
            Absent.map(config.exposedPorts()).keySet().stream()
                    .filter(port -> !bindings.containsKey(port))
                    .forEach(port -> requests.addAll(bound(port, List.of())));
        }
        boolean own = !mode.equals("host") && !mode.equals("none") && !mode.startsWith("container:");
        return own ? List.copyOf(requests) : List.of();
    }

    private static List<PublishRequest> bound(String port, List<PortBinding> bindings) {
        return bindings.isEmpty()
                ? List.of(request(port, new PortBinding(null, null)))
                : bindings.stream().map(binding -> request(port, binding)).toList();
    }

    private static PublishRequest request(String port, PortBinding binding) {
        var matcher = PORT.matcher(port);
        if (!matcher.matches() || number(matcher.group(1)) == 0) {
            throw Fault.invalid("invalid port specification: \"" + port + "\"");
        }
        String protocol = Absent.text(matcher.group(2), "tcp");
        String text = Absent.text(binding.hostPort(), "0");
        var range = RANGE.matcher(text);
        if (!range.matches()) {
            throw Fault.invalid("invalid port specification: \"" + text + "\"");
        }
        int first = number(range.group(1));
        int last = range.group(2) == null ? first : number(range.group(2));
        if (first > last) {
            throw Fault.invalid("invalid port specification: \"" + text + "\"");
        }
        return new PublishRequest(protocol, number(matcher.group(1)), binding.hostIp(), first, last);
    }

    private static int number(@org.jspecify.annotations.Nullable String digits) {
        int number = Integer.parseInt(Absent.text(digits, "0"));
        if (number > LAST) {
            throw Fault.invalid("invalid port specification: \"" + digits + "\"");
        }
        return number;
    }
}
