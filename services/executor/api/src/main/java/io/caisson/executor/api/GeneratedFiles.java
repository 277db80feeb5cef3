package io.caisson.executor.api;

import java.util.List;

/**
 * What {@code /etc/hostname}, {@code /etc/hosts} and {@code /etc/resolv.conf} are made of.
 *
 * <p>They are written below the container's folder on the node and mounted over, unless the network is the host's (then
 * hosts and resolv.conf are copies of the host's) or joined (then they are the other container's).
 *
 * @param hostsLines complete extra lines, e.g. {@code 172.17.0.2\tabc}
 * @param dns name servers; empty for the host's, without its loopback ones
 * @param mountTargets which of the three are not covered by a mount of the user's
 */
public record GeneratedFiles(
        String hostname,
        String domainname,
        List<String> hostsLines,
        List<String> dns,
        List<String> dnsSearch,
        List<String> dnsOptions,
        List<String> mountTargets) {
    public GeneratedFiles {
        hostsLines = List.copyOf(hostsLines);
        dns = List.copyOf(dns);
        dnsSearch = List.copyOf(dnsSearch);
        dnsOptions = List.copyOf(dnsOptions);
        mountTargets = List.copyOf(mountTargets);
    }
}
