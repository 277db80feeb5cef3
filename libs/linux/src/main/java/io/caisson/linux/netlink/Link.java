package io.caisson.linux.netlink;

import org.jspecify.annotations.Nullable;

/**
 * A network interface as the kernel reports it.
 *
 * @param flags {@code IFF_*} bits
 * @param mac null where the link has no Ethernet address
 * @param master index of the bridge that the link belongs to; 0 for none
 * @param peer index of the other end of a veth in its own namespace; 0 for none
 * @param kind such as {@code bridge} or {@code veth}; empty for physical links
 */
public record Link(
        int index,
        String name,
        int flags,
        int mtu,
        @Nullable MacAddress mac,
        int master,
        int peer,
        String kind) {
    private static final int IFF_UP = 1;

    public boolean isUp() {
        return (flags & IFF_UP) != 0;
    }
}
