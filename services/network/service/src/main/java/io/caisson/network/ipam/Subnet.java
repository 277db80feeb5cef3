package io.caisson.network.ipam;

/**
 * An IPv4 subnet.
 *
 * @param network the first address, with all host bits zero
 */
public record Subnet(long network, int prefix) {
    private static final int BITS = 32;

    public Subnet {
        if (prefix < 0 || prefix > BITS) {
            throw new IllegalArgumentException("invalid CIDR prefix: " + prefix);
        }
        network &= maskOf(prefix);
    }

    /**
     * The subnet that a CIDR text lies in; host bits may be set.
     *
     * @throws IllegalArgumentException {@code invalid CIDR address: x}
     */
    public static Subnet parse(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || !cidr.substring(slash + 1).matches("\\d{1,2}")) {
            throw new IllegalArgumentException("invalid CIDR address: " + cidr);
        }
        return new Subnet(Ipv4.parse(cidr.substring(0, slash)), Integer.parseInt(cidr.substring(slash + 1)));
    }

    private static long maskOf(int prefix) {
        return prefix == 0 ? 0 : (0xffffffffL << (BITS - prefix)) & 0xffffffffL;
    }

    /** The address for broadcasts: the last. */
    public long broadcast() {
        return network | (~maskOf(prefix) & 0xffffffffL);
    }

    public long firstHost() {
        return network + 1;
    }

    public boolean contains(long address) {
        return address >= network && address <= broadcast();
    }

    public boolean overlaps(Subnet other) {
        return contains(other.network) || other.contains(network);
    }

    /** {@code address/prefix}, e.g. {@code 172.17.0.2/16}. */
    public String cidrOf(long address) {
        return Ipv4.format(address) + "/" + prefix;
    }

    @Override
    public String toString() {
        return cidrOf(network);
    }
}
