package io.caisson.network.ipam;

import io.caisson.kernel.Fault;
import io.caisson.network.api.Pool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which pools make sense; all that is wrong is told at once, in Docker's words. */
public final class PoolRules {
    private static final int LARGEST_PREFIX = 31;

    private PoolRules() {}

    /** INVALID for a pool that contradicts itself, FORBIDDEN for more than one, UNSUPPORTED for IPv6. */
    public static void check(List<Pool> pools) {
        if (pools.size() > 1) {
            throw new Fault(Fault.Kind.FORBIDDEN, "bridge driver doesn't support multiple subnets");
        }
        for (Pool pool : pools) {
            List<String> errors = new ArrayList<>();
            check(pool, errors);
            if (!errors.isEmpty()) {
                throw Fault.invalid("invalid network config:\n" + String.join("\n", errors));
            }
        }
    }

    private static void check(Pool pool, List<String> errors) {
        String text = text(pool.subnet());
        if (text.isEmpty()) {
            if (!text(pool.gateway()).isEmpty()
                    || !text(pool.ipRange()).isEmpty()
                    || !pool.auxiliary().isEmpty()) {
                errors.add("a subnet is required to specify gateway, ip-range or auxiliary addresses");
            }
            return;
        }
        Subnet subnet = subnet(text, "subnet", errors);
        if (subnet == null) {
            return;
        }
        if (subnet.prefix() > LARGEST_PREFIX) {
            errors.add("invalid subnet " + text + ": it has no room for a gateway and containers");
        }
        checkRange(pool, subnet, errors);
        checkAddress("gateway", text(pool.gateway()), subnet, errors);
        pool.auxiliary().values().forEach(address -> checkAddress("auxiliary address", address, subnet, errors));
    }

    private static void checkRange(Pool pool, Subnet subnet, List<String> errors) {
        String text = text(pool.ipRange());
        if (text.isEmpty()) {
            return;
        }
        Subnet range = subnet(text, "ip-range", errors);
        if (range != null && range.prefix() < subnet.prefix()) {
            errors.add("invalid ip-range " + text + ": CIDR block is bigger than its parent subnet " + subnet);
        } else if (range != null && !subnet.contains(range.network())) {
            errors.add("invalid ip-range " + text + ": parent subnet " + subnet + " doesn't contain ip-range");
        }
    }

    private static void checkAddress(String what, String text, Subnet subnet, List<String> errors) {
        if (text.isEmpty()) {
            return;
        }
        try {
            if (!subnet.contains(Ipv4.parse(text))) {
                errors.add(
                        "invalid " + what + " " + text + ": parent subnet " + subnet + " doesn't contain this address");
            }
        } catch (IllegalArgumentException _) {
            errors.add("invalid " + what + " " + text + ": invalid address");
        }
    }

    private static @Nullable Subnet subnet(String text, String what, List<String> errors) {
        if (text.indexOf(':') >= 0) {
            throw Fault.unsupported("IPv6 networks are not implemented");
        }
        try {
            Subnet subnet = Subnet.parse(text);
            if (subnet.toString().equals(text)) {
                return subnet;
            }
            errors.add("invalid " + what + " " + text + ": it should be " + subnet);
        } catch (IllegalArgumentException _) {
            errors.add("invalid " + what + " " + text + ": invalid CIDR block notation");
        }
        return null;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
