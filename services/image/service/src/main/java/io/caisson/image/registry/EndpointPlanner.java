package io.caisson.image.registry;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Which servers to ask for a registry's repositories, in order: for Docker Hub its mirrors first; for an insecure registry
 * HTTPS with any certificate, then HTTP.
 *
 * @param mirrors base URLs of mirrors of Docker Hub
 * @param insecure {@code host}, {@code host:port} or {@code 10.0.0.0/8}; loopback is always so
 */
record EndpointPlanner(List<String> mirrors, List<String> insecure) {
    private static final String HUB = "docker.io";
    private static final String HUB_SERVER = "https://registry-1.docker.io";

    EndpointPlanner {
        mirrors = List.copyOf(mirrors);
        insecure = List.copyOf(insecure);
    }

    List<Endpoint> endpoints(String domain) {
        if (!domain.equals(HUB)) {
            return direct(domain);
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (String mirror : mirrors) {
            URI base = URI.create(mirror);
            endpoints.add(new Endpoint(base, isInsecure(base.getAuthority()), false));
        }
        endpoints.add(new Endpoint(URI.create(HUB_SERVER), false, true));
        return endpoints;
    }

    private List<Endpoint> direct(String domain) {
        URI https = URI.create("https://" + domain);
        if (!isInsecure(domain)) {
            return List.of(new Endpoint(https, false, true));
        }
        return List.of(new Endpoint(https, true, true), new Endpoint(URI.create("http://" + domain), true, true));
    }

    private boolean isInsecure(String domain) {
        String host = domain.replaceFirst(":[0-9]+$", "");
        return host.equals("localhost")
                || host.equals("[::1]")
                || isIn(host, "127.0.0.0/8")
                || insecure.stream().anyMatch(entry -> entry.equals(domain) || entry.equals(host) || isIn(host, entry));
    }

    private static boolean isIn(String host, String network) {
        int slash = network.indexOf('/');
        if (slash < 0 || !host.matches("[0-9.]+") || !network.matches("[0-9.]+/[0-9]{1,2}")) {
            return false;
        }
        int bits = Integer.parseInt(network.substring(slash + 1));
        int mask = bits == 0 ? 0 : -1 << (32 - Math.min(bits, 32));
        return (address(host) & mask) == (address(network.substring(0, slash)) & mask);
    }

    private static int address(String literal) {
        byte[] bytes = InetAddress.ofLiteral(literal).getAddress();
        int number = 0;
        for (byte part : bytes) {
            number = number << 8 | (part & 0xff);
        }
        return number;
    }
}
