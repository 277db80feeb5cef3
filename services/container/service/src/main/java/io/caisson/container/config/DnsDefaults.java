package io.caisson.container.config;

import io.caisson.container.api.HostConfig;
import io.caisson.container.model.Absent;
import java.util.List;

/**
 * The operator's name servers, search domains and resolver options ({@code dns}, {@code dns-search} and {@code dns-opts} of
 * {@code daemon.json}): each for the containers that ask for none. They are looked at when a container starts, and
 * {@code inspect} does not show them.
 */
public record DnsDefaults(List<String> servers, List<String> search, List<String> options) {
    public static final DnsDefaults NONE = new DnsDefaults(List.of(), List.of(), List.of());

    public DnsDefaults {
        servers = List.copyOf(servers);
        search = List.copyOf(search);
        options = List.copyOf(options);
    }

    public List<String> serversOf(HostConfig host) {
        return or(Absent.list(host.dns()), servers);
    }

    public List<String> searchOf(HostConfig host) {
        return or(Absent.list(host.dnsSearch()), search);
    }

    public List<String> optionsOf(HostConfig host) {
        return or(Absent.list(host.dnsOptions()), options);
    }

    private static List<String> or(List<String> own, List<String> others) {
        return own.isEmpty() ? others : own;
    }
}
