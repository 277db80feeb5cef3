package io.caisson.linux.netlink;

import io.caisson.linux.Fd;
import org.jspecify.annotations.Nullable;

/**
 * A pair of linked interfaces between a bridge on this side and a network namespace on the other.
 *
 * @param name of the end on this side, at most 15 bytes
 * @param mac of the end on this side; null lets the kernel choose
 * @param bridge index of the bridge it joins; 0 for none
 * @param namespace where the peer appears
 * @param peerName its name there, free in that namespace
 * @param mtu of both ends, in bytes
 */
public record VethSpec(
        String name,
        @Nullable MacAddress mac,
        int bridge,
        Fd namespace,
        String peerName,
        MacAddress peerMac,
        int mtu) {}
