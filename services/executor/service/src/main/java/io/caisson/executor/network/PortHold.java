package io.caisson.executor.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;

/** One host port, held by a socket that never serves anybody: packets are redirected before they reach it. */
record PortHold(String protocol, String address, int port, Closeable socket) implements AutoCloseable {
    private static final String EVERYWHERE = "0.0.0.0";

    /** Empty when somebody has it. An address that the host does not have is a fault of its own. */
    static Optional<PortHold> take(String protocol, String address, int port) {
        try {
            return Optional.of(new PortHold(protocol, address, port, bind(protocol, address, port)));
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("assign requested address")) {
                throw io.caisson.kernel.Fault.internal(
                        "failed to bind host port " + address + ":" + port + "/" + protocol
                                + ": cannot assign requested address",
                        e);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot hold port " + port, e);
        }
    }

    private static Closeable bind(String protocol, String address, int port) throws IOException {
        var where = new InetSocketAddress(address, port);
        return switch (protocol) {
            case "tcp" -> {
                var server = ServerSocketChannel.open(StandardProtocolFamily.INET);
                yield bound(server, () -> server.bind(where, 1));
            }
            case "udp" -> {
                var channel = DatagramChannel.open(StandardProtocolFamily.INET);
                yield bound(channel, () -> channel.bind(where));
            }
            default -> () -> {};
        };
    }

    private static <C extends Closeable> C bound(C socket, Bind bind) throws IOException {
        try {
            bind.run();
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    boolean is(String otherProtocol, String otherAddress, int otherPort) {
        return port == otherPort && protocol.equals(otherProtocol) && address.equals(otherAddress);
    }

    boolean clashes(String otherProtocol, String otherAddress, int otherPort) {
        return port == otherPort
                && protocol.equals(otherProtocol)
                && (address.equals(otherAddress) || address.equals(EVERYWHERE) || otherAddress.equals(EVERYWHERE));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot let go of port " + port, e);
        }
    }

    @FunctionalInterface
    private interface Bind {
        void run() throws IOException;
    }
}
