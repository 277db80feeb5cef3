package io.caisson.linux.netlink;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes that go to the kernel in one system call, in their order.
 *
 * <p>It is no transaction: a change that fails does not keep the later ones from being made; {@link #send()} reports the
 * first failure. Links are named by their index, unless said otherwise.
 */
public final class Batch {
    private static final int NEWLINK = 16;
    private static final int DELLINK = 17;
    private static final int SETLINK = 19;
    private static final int NEWADDR = 20;
    private static final int DELADDR = 21;
    private static final int NEWROUTE = 24;
    private static final int DELROUTE = 25;
    private static final int AF_BRIDGE = 7;
    private static final int NAME_LIMIT = 15;

    private final NetlinkSocket socket;
    private final List<Request> requests = new ArrayList<>();

    Batch(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** A bridge without spanning tree, down; {@code EEXIST} when the name is taken. A null address is a random one. */
    public Batch addBridge(String name, @Nullable MacAddress mac, int mtu) {
        return link("add bridge " + name, NEWLINK, Request.CREATE | Request.EXCL, 0, 0, 0, r -> {
            hardware(named(r, name), mac, mtu);
            return r.nested(LinkMapping.LINKINFO, () -> r.attribute(LinkMapping.INFO_KIND, "bridge"));
        });
    }

    /**
     * Both ends of a veth pair in one request: this side up and in its bridge, the other in its namespace and down (the
     * kernel refuses to set it up before the pair is complete).
     */
    public Batch addVeth(VethSpec spec) {
        return link("add veth " + spec.name(), NEWLINK, Request.CREATE | Request.EXCL, 0, 1, 1, r -> {
            hardware(named(r, spec.name()), spec.mac(), spec.mtu());
            if (spec.bridge() != 0) {
                r.attribute(LinkMapping.MASTER, spec.bridge());
            }
            return r.nested(LinkMapping.LINKINFO, () -> r.attribute(LinkMapping.INFO_KIND, "veth")
                    .nested(LinkMapping.INFO_DATA, () -> r.nested(LinkMapping.VETH_PEER, () -> peer(r, spec))));
        });
    }

    private static void peer(Request r, VethSpec spec) {
        hardware(named(header(r, 0, 0, 0, 0), spec.peerName()), spec.peerMac(), spec.mtu())
                .attribute(LinkMapping.NET_NS_FD, spec.namespace().number());
    }

    public Batch up(int link) {
        return link("set up link " + link, NEWLINK, 0, link, 1, 1, r -> r);
    }

    public Batch down(int link) {
        return link("set down link " + link, NEWLINK, 0, link, 0, 1, r -> r);
    }

    /** Puts a link into a bridge; 0 takes it out of its bridge. */
    public Batch master(int link, int bridge) {
        return link("set master of link " + link, SETLINK, 0, link, 0, 0, r -> r.attribute(LinkMapping.MASTER, bridge));
    }

    /** Only a link that is down can be renamed (before Linux 6.2). */
    public Batch rename(int link, String name) {
        return link("rename link " + link, SETLINK, 0, link, 0, 0, r -> named(r, name));
    }

    public Batch mtu(int link, int mtu) {
        return link("set mtu of link " + link, SETLINK, 0, link, 0, 0, r -> r.attribute(LinkMapping.MTU, mtu));
    }

    public Batch mac(int link, MacAddress mac) {
        return link(
                "set address of link " + link,
                SETLINK,
                0,
                link,
                0,
                0,
                r -> r.attribute(LinkMapping.ADDRESS, mac.bytes()));
    }

    /** Lets a bridge send frames back through the port they came from, so that a container reaches its own published port. */
    public Batch hairpin(int port, boolean on) {
        var request = new Request("set hairpin of link " + port, SETLINK, Request.ACK);
        return add(header(request, AF_BRIDGE, port, 0, 0)
                .nested(
                        LinkMapping.PROTINFO,
                        () -> request.attribute(LinkMapping.BRPORT_MODE, new byte[] {(byte) (on ? 1 : 0)})));
    }

    /** Keeps a port of a bridge from talking to other isolated ports; the bridge itself it still reaches. */
    public Batch isolated(int port, boolean on) {
        var request = new Request("set isolation of link " + port, SETLINK, Request.ACK);
        return add(header(request, AF_BRIDGE, port, 0, 0)
                .nested(
                        LinkMapping.PROTINFO,
                        () -> request.attribute(LinkMapping.BRPORT_ISOLATED, new byte[] {(byte) (on ? 1 : 0)})));
    }

    /** Deletes a link and, of a veth, its peer. Takes the kernel about 16 ms: keep it off request paths. */
    public Batch delete(int link) {
        return link("delete link " + link, DELLINK, 0, link, 0, 0, r -> r);
    }

    /** {@code ENODEV} when there is no link of that name. */
    public Batch delete(String name) {
        return link("delete link " + name, DELLINK, 0, 0, 0, 0, r -> named(r, name));
    }

    /** Adds an address or renews it; IPv4 with its network's broadcast address, IPv6 without a search for duplicates. */
    public Batch addAddress(int link, Cidr address) {
        return address("add address " + address, NEWADDR, Request.CREATE | Request.REPLACE, link, address);
    }

    public Batch deleteAddress(int link, Cidr address) {
        return address("delete address " + address, DELADDR, 0, link, address);
    }

    /** Adds a route of the main table or changes the one for that destination. */
    public Batch addRoute(Route route) {
        return route("add route " + route.destination(), NEWROUTE, Request.CREATE | Request.REPLACE, route);
    }

    public Batch deleteRoute(Route route) {
        return route("delete route " + route.destination(), DELROUTE, 0, route);
    }

    /** The route for everything else; the gateway must be on the link's network. */
    public Batch defaultRoute(InetAddress gateway, int link) {
        byte[] zero = new byte[gateway.getAddress().length];
        return addRoute(new Route(new Cidr(Cidr.address(zero), 0), gateway, link, Route.MAIN_TABLE));
    }

    /** @throws io.caisson.linux.LinuxException the first failure, with the kernel's explanation where it gives one */
    public void send() {
        if (!requests.isEmpty()) {
            socket.transact(requests);
        }
    }

    private Batch link(
            String call, int type, int flags, int index, int up, int mask, UnaryOperator<Request> attributes) {
        return add(attributes.apply(header(new Request(call, type, flags | Request.ACK), 0, index, up, mask)));
    }

    private static Request header(Request request, int family, int index, int flags, int mask) {
        return request.u8(family).u8(0).u16(0).u32(index).u32(flags).u32(mask);
    }

    private static Request named(Request request, String name) {
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > NAME_LIMIT) {
            throw new IllegalArgumentException("the name of a link has 1 to 15 bytes: " + name);
        }
        return request.attribute(LinkMapping.IFNAME, name);
    }

    private static Request hardware(Request request, @Nullable MacAddress mac, int mtu) {
        if (mac != null) {
            request.attribute(LinkMapping.ADDRESS, mac.bytes());
        }
        return request.attribute(LinkMapping.MTU, mtu);
    }

    private Batch address(String call, int type, int flags, int link, Cidr address) {
        return add(AddressMapping.request(new Request(call, type, flags | Request.ACK), link, address));
    }

    private Batch route(String call, int type, int flags, Route route) {
        return add(RouteMapping.request(new Request(call, type, flags | Request.ACK), route));
    }

    private Batch add(Request request) {
        requests.add(request);
        return this;
    }
}
