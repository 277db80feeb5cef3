package io.caisson.network.ipam;

import io.caisson.kernel.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Chooses subnets for new networks from the address pools. */
public final class PoolPlanner {
    private PoolPlanner() {}

    /** A base to cut subnets of {@code size} bits from: an entry of Docker's {@code default-address-pools}. */
    public record AddressPool(Subnet base, int size) {
        public AddressPool {
            if (size < base.prefix() || size > 30) {
                throw new IllegalArgumentException("invalid address pool size " + size + " for " + base);
            }
        }

        List<Subnet> subnets() {
            List<Subnet> subnets = new ArrayList<>();
            long step = 1L << (32 - size);
            for (long network = base.network(); network <= base.broadcast(); network += step) {
                subnets.add(new Subnet(network, size));
            }
            return subnets;
        }
    }

    /** Docker's own: 172.17 to 172.31 by /16, 192.168 by /20. */
    public static List<AddressPool> defaults() {
        List<AddressPool> pools = new ArrayList<>();
        for (int second = 17; second <= 31; second++) {
            pools.add(new AddressPool(Subnet.parse("172." + second + ".0.0/16"), 16));
        }
        pools.add(new AddressPool(Subnet.parse("192.168.0.0/16"), 20));
        return pools;
    }

    /**
     * The first subnet that overlaps none of {@code taken}, beginning at the {@code offset}-th: instances of Caisson on one
     * host begin at different places, so that they do not choose the same one at the same time.
     */
    public static Subnet choose(List<AddressPool> pools, Collection<Subnet> taken, int offset) {
        List<Subnet> all =
                pools.stream().flatMap(pool -> pool.subnets().stream()).toList();
        for (int i = 0; i < all.size(); i++) {
            Subnet candidate = all.get(Math.floorMod(offset + i, all.size()));
            if (taken.stream().noneMatch(candidate::overlaps)) {
                return candidate;
            }
        }
        throw new Fault(Fault.Kind.INTERNAL, "all predefined address pools have been fully subnetted");
    }
}
