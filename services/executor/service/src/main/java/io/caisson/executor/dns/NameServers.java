package io.caisson.executor.dns;

import io.caisson.kernel.ContainerId;
import io.caisson.linux.Fd;
import io.caisson.linux.Namespaces;
import io.caisson.linux.nft.Nftables;
import io.caisson.network.api.NetworkPlan.ResolverPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A name server in the network namespace of every container that needs one, all served by one thread.
 *
 * <p>Each listens at 127.0.0.11 on ports that nobody asked for; packets to port 53 of that address are sent there, so that a
 * container may have a name server of its own on port 53 of all addresses. Sockets keep their namespace alive: close them
 * when a container has ended.
 */
public final class NameServers implements AutoCloseable {
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.11");

    private final NameBook book = new NameBook();
    private final Reactor reactor = new Reactor();
    private final Forwarder forwarder = new Forwarder(reactor);
    private final Map<ContainerId, NameServer> servers = new ConcurrentHashMap<>();

    /** Who is who. */
    public NameBook book() {
        return book;
    }

    /**
     * Opens a container's name server, or changes what it answers from. Blocks.
     *
     * @param dns whom to ask for other names; empty for whom the host asks
     * @param namespaceHolder a process in the container's network namespace
     */
    public void open(ContainerId container, ResolverPlan plan, List<String> dns, int namespaceHolder) {
        NameServer present = servers.get(container);
        if (present != null) {
            present.answerFrom(new Lookup(book, plan));
            return;
        }
        try (Fd namespace = Namespaces.ofProcess(namespaceHolder, Namespaces.Kind.NETWORK)) {
            NameServer server = Namespaces.inNetwork(namespace, () -> openHere(plan, dns));
            servers.put(container, server);
            server.serve();
        }
    }

    private NameServer openHere(ResolverPlan plan, List<String> dns) throws IOException {
        DatagramChannel datagrams = DatagramChannel.open(StandardProtocolFamily.INET);
        ServerSocketChannel connections = ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            datagrams.bind(new InetSocketAddress(ADDRESS, 0)).configureBlocking(false);
            connections.bind(new InetSocketAddress(ADDRESS, 0)).configureBlocking(false);
            redirect(port(datagrams.getLocalAddress()), port(connections.getLocalAddress()));
            return new NameServer(reactor, forwarder, datagrams, connections, new Lookup(book, plan), dns);
        } catch (IOException | RuntimeException e) {
            datagrams.close();
            connections.close();
            throw e;
        }
    }

    private static int port(java.net.SocketAddress address) {
        return ((InetSocketAddress) address).getPort();
    }

    /** In the namespace of the calling thread; replaces what an earlier executor left there. */
    private static void redirect(int datagrams, int connections) {
        try (Nftables here = Nftables.open()) {
            here.apply("""
                    add table ip caisson_dns
                    delete table ip caisson_dns
                    table ip caisson_dns {
                      chain asking {
                        type nat hook output priority -100; policy accept;
                        ip daddr 127.0.0.11 udp dport 53 dnat to 127.0.0.11:%d
                        ip daddr 127.0.0.11 tcp dport 53 dnat to 127.0.0.11:%d
                      }
                    }
                    """.formatted(datagrams, connections));
        }
    }

    /** Done already is fine. */
    public void close(ContainerId container) {
        NameServer server = servers.remove(container);
        if (server != null) {
            server.close();
        }
    }

    @Override
    public void close() {
        servers.keySet().forEach(this::close);
        reactor.close();
    }
}
