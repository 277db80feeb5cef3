package io.caisson.executor.dns;

import io.caisson.executor.spec.HostNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Asks outside, from the host's own network: up to three servers, one after the other. The reactor's. */
final class Forwarder {
    private static final Logger LOG = Logger.getLogger(Forwarder.class);
    private static final int MAX_AT_ONCE = 1024;
    private static final int MAX_SERVERS = 3;
    private static final int PORT = 53;
    private static final long FRESH_MILLIS = 5_000;

    private final Reactor reactor;
    private final int port;
    private int asking;
    private List<String> hostServers = List.of();
    private long hostServersRead = -FRESH_MILLIS - 1 + Reactor.now();

    Forwarder(Reactor reactor) {
        this(reactor, PORT);
    }

    /** @param port of the servers */
    Forwarder(Reactor reactor, int port) {
        this.reactor = reactor;
        this.port = port;
    }

    /** @param answer is given one in any case, a failure when nobody has another */
    void ask(Question question, boolean connected, List<String> dns, Consumer<byte[]> answer) {
        List<InetSocketAddress> servers = (dns.isEmpty() ? hostServers() : dns)
                .stream().limit(MAX_SERVERS).flatMap(this::address).toList();
        if (servers.isEmpty() || asking >= MAX_AT_ONCE) {
            answer.accept(Replies.empty(question, Message.SERVER_FAILURE));
            return;
        }
        asking++;
        new Exchange(reactor, question, connected, servers, reply -> {
                    asking--;
                    answer.accept(reply);
                })
                .begin();
    }

    private java.util.stream.Stream<InetSocketAddress> address(String text) {
        try {
            return java.util.stream.Stream.of(new InetSocketAddress(InetAddress.ofLiteral(text), port));
        } catch (IllegalArgumentException _) {
            return java.util.stream.Stream.empty();
        }
    }

    private List<String> hostServers() {
        long now = Reactor.now();
        if (now - hostServersRead > FRESH_MILLIS) {
            hostServersRead = now;
            try {
                hostServers = HostNames.hostServers();
            } catch (IOException e) {
                LOG.warnf("the host's name servers are unknown: %s", e.getMessage());
            }
        }
        return hostServers;
    }
}
