package io.caisson.executor.spec;

import io.caisson.executor.api.GeneratedFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /etc/resolv.conf} (resolv.conf(5)).
 *
 * @param search domains in their order
 */
record ResolvConf(List<String> servers, List<String> search, List<String> options) {
    /** As Docker does where the host has no server that a container can reach. */
    private static final List<String> FALLBACK = List.of("8.8.8.8", "8.8.4.4");

    ResolvConf {
        servers = List.copyOf(servers);
        search = List.copyOf(search);
        options = List.copyOf(options);
    }

    static ResolvConf parse(String text) {
        var servers = new ArrayList<String>();
        List<String> search = List.of();
        var options = new ArrayList<String>();
        for (String line : text.lines().toList()) {
            List<String> words = List.of(line.strip().split("\\s+"));
            List<String> values = words.subList(1, words.size());
            switch (words.getFirst()) {
                case "nameserver" -> servers.addAll(values.subList(0, Math.min(1, values.size())));
                case "search", "domain" -> search = values;
                case "options" -> options.addAll(values);
                default -> {
                    // comments, and what resolvers of today ignore
                }
            }
        }
        return new ResolvConf(servers, search, options);
    }

    /** The container's: what the user asked for, else this host's without what only the host can reach. */
    ResolvConf forContainer(GeneratedFiles files) {
        return new ResolvConf(
                files.dns().isEmpty() ? reachable() : files.dns(),
                searchOf(files),
                files.dnsOptions().isEmpty() ? options : files.dnsOptions());
    }

    /** With the name server that answers for networks; names without dots are asked as they are, unless told otherwise. */
    ResolvConf embedded(GeneratedFiles files) {
        List<String> embedded = new ArrayList<>(options);
        if (files.dnsOptions().stream().noneMatch(option -> option.startsWith("ndots:"))) {
            embedded.removeIf(option -> option.startsWith("ndots:"));
            embedded.add("ndots:0");
        }
        return new ResolvConf(List.of("127.0.0.11"), search, embedded);
    }

    private List<String> reachable() {
        List<String> reachable =
                servers.stream().filter(server -> !isLoopback(server)).toList();
        return reachable.isEmpty() ? FALLBACK : reachable;
    }

    /** {@code --dns-search .} means none. */
    private List<String> searchOf(GeneratedFiles files) {
        if (files.dnsSearch().isEmpty()) {
            return search;
        }
        return files.dnsSearch().equals(List.of(".")) ? List.of() : files.dnsSearch();
    }

    boolean hasOnlyLoopback() {
        return !servers.isEmpty() && servers.stream().allMatch(ResolvConf::isLoopback);
    }

    private static boolean isLoopback(String server) {
        return server.startsWith("127.") || server.equals("::1");
    }

    String text() {
        var text = new StringBuilder();
        servers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
        if (!search.isEmpty()) {
            text.append("search ").append(String.join(" ", search)).append('\n');
        }
        if (!options.isEmpty()) {
            text.append("options ").append(String.join(" ", options)).append('\n');
        }
        return text.toString();
    }
}
