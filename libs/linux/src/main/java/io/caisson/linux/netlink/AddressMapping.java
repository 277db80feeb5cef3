package io.caisson.linux.netlink;

/** Addresses on the wire: {@code struct ifaddrmsg} and {@code IFA_*} (rtnetlink(7)). */
final class AddressMapping {
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_BROADCAST = 4;
    private static final int IFA_FLAGS = 8;
    private static final int NO_DUPLICATE_SEARCH = 2;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int FIXED = 8;

    private AddressMapping() {}

    static int family(Cidr address) {
        return address.isIpv4() ? AF_INET : AF_INET6;
    }

    static Request request(Request request, int link, Cidr address) {
        byte[] bytes = address.address().getAddress();
        request.u8(family(address)).u8(address.prefixLength()).u8(0).u8(0).u32(link);
        request.attribute(IFA_LOCAL, bytes).attribute(IFA_ADDRESS, bytes);
        if (!address.isIpv4()) {
            return request.attribute(IFA_FLAGS, NO_DUPLICATE_SEARCH);
        }
        return address.prefixLength() > 30
                ? request
                : request.attribute(IFA_BROADCAST, address.broadcast().getAddress());
    }

    static LinkAddress address(Reply reply) {
        Reply.Attributes attributes = reply.attributes(FIXED);
        byte[] local = attributes.bytes(IFA_LOCAL);
        byte[] bytes = local == null ? attributes.bytes(IFA_ADDRESS) : local;
        if (bytes == null) {
            throw new IllegalStateException("the kernel lists an address without its bytes");
        }
        return new LinkAddress(reply.u32(4), new Cidr(Cidr.address(bytes), reply.u8(1)));
    }
}
