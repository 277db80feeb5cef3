package io.caisson.linux.netlink;

import java.net.InetAddress;

/**
 * A tracked connection as its first packet had it, before any translation.
 *
 * @param protocol 6 for TCP, 17 for UDP
 * @param sourcePort 0 where the protocol has no ports
 * @param answering who answers after translation: the container's address for a published port
 */
public record Flow(
        int protocol,
        InetAddress source,
        int sourcePort,
        InetAddress destination,
        int destinationPort,
        InetAddress answering) {
    public static final int TCP = 6;
    public static final int UDP = 17;
}
