package io.caisson.linux.netlink;

/** Routes on the wire: {@code struct rtmsg} and {@code RTA_*} (rtnetlink(7)). */
final class RouteMapping {
    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_TABLE = 15;
    private static final int PROTOCOL_BOOT = 3;
    private static final int SCOPE_UNIVERSE = 0;
    private static final int SCOPE_LINK = 253;
    private static final int UNICAST = 1;
    private static final int AF_INET = 2;
    private static final int FIXED = 12;

    private RouteMapping() {}

    static Request request(Request request, Route route) {
        int scope = route.gateway() == null ? SCOPE_LINK : SCOPE_UNIVERSE;
        request.u8(AddressMapping.family(route.destination()))
                .u8(route.destination().prefixLength())
                .u16(0)
                .u8(0)
                .u8(PROTOCOL_BOOT)
                .u8(scope)
                .u8(UNICAST)
                .u32(0)
                .attribute(RTA_TABLE, route.table());
        if (!route.isDefault()) {
            request.attribute(RTA_DST, route.destination().network().address().getAddress());
        }
        if (route.gateway() != null) {
            request.attribute(RTA_GATEWAY, route.gateway().getAddress());
        }
        return route.link() == 0 ? request : request.attribute(RTA_OIF, route.link());
    }

    static Route route(Reply reply) {
        Reply.Attributes attributes = reply.attributes(FIXED);
        byte[] destination = attributes.bytes(RTA_DST);
        byte[] gateway = attributes.bytes(RTA_GATEWAY);
        byte[] bytes = destination == null ? new byte[reply.u8(0) == AF_INET ? 4 : 16] : destination;
        return new Route(
                new Cidr(Cidr.address(bytes), reply.u8(1)),
                gateway == null ? null : Cidr.address(gateway),
                attributes.u32(RTA_OIF, 0),
                attributes.u32(RTA_TABLE, reply.u8(4)));
    }
}
