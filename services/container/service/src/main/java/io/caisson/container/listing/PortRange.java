package io.caisson.container.listing;

import io.caisson.container.api.ContainerDetail;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code 80}, {@code 80/tcp} or {@code 8000-8080/udp} in filters. */
final class PortRange {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(tcp|udp|sctp))?");

    private PortRange() {}

    static boolean isValid(String text) {
        return RANGE.matcher(text).matches();
    }

    static boolean published(ContainerDetail container, String range) {
        return container.ports().stream().anyMatch(port -> contains(range, port.containerPort(), port.protocol()));
    }

    static boolean exposed(ContainerDetail container, String range) {
        Map<String, Map<String, String>> exposed = container.config().exposedPorts();
        return exposed != null
                && exposed.keySet().stream().anyMatch(port -> {
                    String[] parts = port.split("/", 2);
                    return contains(range, Integer.parseInt(parts[0]), parts.length == 2 ? parts[1] : "tcp");
                });
    }

    private static boolean contains(String range, int port, String protocol) {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
            return false;
        }
        int first = Integer.parseInt(String.valueOf(matcher.group(1)));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        String wanted = matcher.group(3) == null ? "tcp" : matcher.group(3);
        return port >= first && port <= last && protocol.equals(wanted);
    }
}
