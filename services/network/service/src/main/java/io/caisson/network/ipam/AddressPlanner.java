package io.caisson.network.ipam;

import io.caisson.kernel.Fault;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses a container's address: the lowest free one, as Docker does, or the one asked for. */
public final class AddressPlanner {
    private AddressPlanner() {}

    /**
     * An address of {@code subnet} that is in {@code range} and not in {@code taken}.
     *
     * @param wanted null for any
     * @throws Fault FORBIDDEN {@code Address already in use}, INVALID outside the subnet, INTERNAL when none is left
     */
    public static long choose(Subnet subnet, Subnet range, long gateway, Set<Long> taken, @Nullable String wanted) {
        if (wanted != null && !wanted.isEmpty()) {
            return check(subnet, gateway, taken, Ipv4.parse(wanted));
        }
        long first = Math.max(subnet.firstHost(), range.network());
        long last = Math.min(subnet.broadcast() - 1, range.broadcast());
        for (long address = first; address <= last; address++) {
            if (address != gateway && !taken.contains(address)) {
                return address;
            }
        }
        throw new Fault(Fault.Kind.INTERNAL, "no available IPv4 addresses on this network's address pools");
    }

    private static long check(Subnet subnet, long gateway, Set<Long> taken, long wanted) {
        if (!subnet.contains(wanted)) {
            throw Fault.invalid("no configured subnet or ip-range contain the IP address " + Ipv4.format(wanted));
        }
        if (wanted == gateway || taken.contains(wanted) || wanted == subnet.network() || wanted == subnet.broadcast()) {
            throw new Fault(Fault.Kind.FORBIDDEN, "Address already in use");
        }
        return wanted;
    }

    /** Docker's locally administered MAC address for an IPv4 address: the same address always gets the same. */
    public static String macOf(long address) {
        return String.format(
                "02:42:%02x:%02x:%02x:%02x",
                (address >> 24) & 255, (address >> 16) & 255, (address >> 8) & 255, address & 255);
    }
}
