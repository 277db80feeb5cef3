package io.caisson.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** {@code HOST:PORT}; an IPv6 host stands in brackets. */
record TcpAddress(String host, int port) {
    private static final int LAST_PORT = 65_535;

    TcpAddress {
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    static TcpAddress parse(String text) {
        String plain = text.startsWith("tcp://") ? text.substring("tcp://".length()) : text;
        int colon = plain.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not HOST:PORT: " + text);
        }
        String host = plain.substring(0, colon).replace("[", "").replace("]", "");
        try {
            return new TcpAddress(host, Integer.parseInt(plain.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not HOST:PORT: " + text, e);
        }
    }

    /** Whoever reaches the engine is root on this host: without TLS only this host may. */
    void requireSafe(boolean tls) throws IOException {
        if (!tls && !isLoopback()) {
            throw new IOException("--tcp " + this + ": an address other than loopback needs TLS: set "
                    + Listeners.TLS_CERTIFICATE + ", " + Listeners.TLS_KEY + " and " + Listeners.TLS_CA);
        }
    }

    private boolean isLoopback() throws UnknownHostException {
        return InetAddress.getByName(host).isLoopbackAddress();
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
