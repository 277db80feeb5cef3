package io.caisson.linux.netlink;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.LinuxException;
import io.caisson.linux.Namespaces;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections that the kernel tracks in one network namespace. A UDP flow keeps the translation it began with: when a
 * published port changes hands its flows must be forgotten, or packets go on to the old container.
 *
 * <p>Lists all connections to find some: for changes of ports, not for every packet. Safe for many threads; blocks.
 */
public final class Conntrack implements AutoCloseable {
    private static final int NETLINK_NETFILTER = 12;
    private static final int GET = 1 << 8 | 1;
    private static final int DELETE = 1 << 8 | 2;
    private static final int FIXED = 4;
    private static final int TUPLE_ORIGINAL = 1;
    private static final int TUPLE_REPLY = 2;
    private static final int ID = 12;
    private static final int ZONE = 18;
    private static final int TUPLE_IP = 1;
    private static final int TUPLE_PROTOCOL = 2;
    private static final int NESTED = 0x8000;
    private static final int AF_UNSPEC = 0;

    private final NetlinkSocket socket;

    private Conntrack(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** For the network namespace of the calling thread. */
    public static Conntrack open() {
        return new Conntrack(NetlinkSocket.open(NETLINK_NETFILTER));
    }

    /** For another network namespace; the descriptor is not needed any more afterwards. */
    public static Conntrack openIn(Fd network) {
        return Namespaces.inNetwork(network, Conntrack::open);
    }

    public List<Flow> list() {
        return dump().stream()
                .map(reply -> flow(reply.attributes(FIXED)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Forgets the UDP flows to a port of this host, whatever address they were sent to. */
    public int forgetUdp(int port) {
        return forget(flow -> flow.protocol() == Flow.UDP && flow.destinationPort() == port);
    }

    /** Forgets every flow that a container's address takes part in. */
    public int forget(InetAddress address) {
        return forget(flow -> flow.source().equals(address)
                || flow.destination().equals(address)
                || flow.answering().equals(address));
    }

    /** @return how many flows it forgot; one that ended meanwhile does not count */
    public int forget(Predicate<Flow> which) {
        int count = 0;
        for (Reply reply : dump()) {
            Reply.Attributes attributes = reply.attributes(FIXED);
            if (flow(attributes).filter(which).isPresent()) {
                count += delete(reply, attributes);
            }
        }
        return count;
    }

    private List<Reply> dump() {
        return socket.dump(header(new Request("list connections", GET, Request.DUMP), AF_UNSPEC));
    }

    private int delete(Reply reply, Reply.Attributes attributes) {
        Request request = header(new Request("delete connection", DELETE, Request.ACK), reply.u8(0));
        copy(request, attributes, TUPLE_ORIGINAL, NESTED);
        copy(request, attributes, ZONE, 0);
        copy(request, attributes, ID, 0);
        try {
            socket.transact(List.of(request));
            return 1;
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            return 0;
        }
    }

    private static void copy(Request request, Reply.Attributes attributes, int type, int flags) {
        byte[] value = attributes.bytes(type);
        if (value != null) {
            request.attribute(type | flags, value);
        }
    }

    private static Request header(Request request, int family) {
        return request.u8(family).u8(0).u16(0);
    }

    private static Optional<Flow> flow(Reply.Attributes attributes) {
        Reply.Attributes original = attributes.nested(TUPLE_ORIGINAL);
        Reply.Attributes protocol = original.nested(TUPLE_PROTOCOL);
        InetAddress source = address(original.nested(TUPLE_IP), 1);
        InetAddress destination = address(original.nested(TUPLE_IP), 2);
        InetAddress answering = address(attributes.nested(TUPLE_REPLY).nested(TUPLE_IP), 1);
        byte[] number = protocol.bytes(1);
        if (source == null || destination == null || answering == null || number == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Flow(number[0] & 0xff, source, port(protocol, 2), destination, port(protocol, 3), answering));
    }

    /** IPv4 has the types 1 and 2, IPv6 3 and 4. */
    private static @Nullable InetAddress address(Reply.Attributes ip, int type) {
        byte[] four = ip.bytes(type);
        byte[] bytes = four == null ? ip.bytes(type + 2) : four;
        return bytes == null ? null : Cidr.address(bytes);
    }

    private static int port(Reply.Attributes protocol, int type) {
        byte[] bytes = protocol.bytes(type);
        return bytes == null
                ? 0
                : ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN).getShort() & 0xffff;
    }

    @Override
    public void close() {
        socket.close();
    }
}
