package io.caisson.linux.netlink;

/** Links on the wire: {@code struct ifinfomsg} and {@code IFLA_*} (rtnetlink(7)). */
final class LinkMapping {
    static final int ADDRESS = 1;
    static final int IFNAME = 3;
    static final int MTU = 4;
    static final int LINK = 5;
    static final int MASTER = 10;
    static final int PROTINFO = 12;
    static final int LINKINFO = 18;
    static final int NET_NS_FD = 28;
    static final int INFO_KIND = 1;
    static final int INFO_DATA = 2;
    static final int VETH_PEER = 1;
    static final int BRPORT_MODE = 4;
    static final int BRPORT_ISOLATED = 33;
    private static final int FIXED = 16;

    private LinkMapping() {}

    static Link link(Reply reply) {
        Reply.Attributes attributes = reply.attributes(FIXED);
        byte[] mac = attributes.bytes(ADDRESS);
        return new Link(
                reply.u32(4),
                attributes.text(IFNAME),
                reply.u32(8),
                attributes.u32(MTU, 0),
                mac == null || mac.length != 6 ? null : MacAddress.of(mac),
                attributes.u32(MASTER, 0),
                attributes.u32(LINK, 0),
                attributes.nested(LINKINFO).text(INFO_KIND));
    }

    static boolean isHairpin(Reply reply) {
        byte[] mode = reply.attributes(FIXED).nested(PROTINFO).bytes(BRPORT_MODE);
        return mode != null && mode.length == 1 && mode[0] == 1;
    }
}
