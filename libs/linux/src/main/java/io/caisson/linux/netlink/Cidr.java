package io.caisson.linux.netlink;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** An IPv4 or IPv6 address with the length of its network's prefix, written as {@code 172.17.0.2/16}. */
public record Cidr(InetAddress address, int prefixLength) {
    public Cidr {
        if (prefixLength < 0 || prefixLength > address.getAddress().length * 8) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " of " + address.getHostAddress());
        }
    }

    /** Takes literals only; never asks a name server. */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("no prefix length in " + text);
        }
        return new Cidr(InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /** The first address of the network. */
    public Cidr network() {
        return new Cidr(withHostBits(false), prefixLength);
    }

    /** The address whose host bits are all ones. */
    public InetAddress broadcast() {
        return withHostBits(true);
    }

    /** Whether the two networks share an address. */
    public boolean overlaps(Cidr other) {
        if (isIpv4() != other.isIpv4()) {
            return false;
        }
        int shared = Math.min(prefixLength, other.prefixLength);
        return new Cidr(address, shared).network().equals(new Cidr(other.address, shared).network());
    }

    private InetAddress withHostBits(boolean ones) {
        byte[] bytes = address.getAddress();
        for (int bit = prefixLength; bit < bytes.length * 8; bit++) {
            int mask = 0x80 >>> (bit % 8);
            bytes[bit / 8] = (byte) (ones ? bytes[bit / 8] | mask : bytes[bit / 8] & ~mask);
        }
        return address(bytes);
    }

    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixLength;
    }
}
