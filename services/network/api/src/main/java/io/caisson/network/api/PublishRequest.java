package io.caisson.network.api;

import org.jspecify.annotations.Nullable;

/**
 * A container port to publish.
 *
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param hostIp empty or null for all addresses
 * @param hostPortFirst 0 for any free port of the ephemeral range; otherwise the first acceptable port
 * @param hostPortLast equal to the first unless a range was given
 */
public record PublishRequest(
        String protocol, int containerPort, @Nullable String hostIp, int hostPortFirst, int hostPortLast) {
    public PublishRequest {
        if (containerPort < 1 || containerPort > 65535) {
            throw new IllegalArgumentException("invalid containerPort: " + containerPort);
        }
        if (hostPortFirst < 0 || hostPortLast > 65535 || hostPortFirst > hostPortLast) {
            throw new IllegalArgumentException("invalid hostPort: " + hostPortFirst);
        }
    }
}
