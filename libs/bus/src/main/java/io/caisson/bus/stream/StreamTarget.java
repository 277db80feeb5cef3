package io.caisson.bus.stream;

/**
 * Where a byte stream waits to be dialled, once.
 *
 * @param address {@code unix:/path} on the same host, or {@code tcp:host:port}
 * @param preamble a line to send first, with its line feed
 * @param reply true when the server answers the preamble with a line ({@code ok}, or the error's text) before the bytes
 */
public record StreamTarget(String address, String preamble, boolean reply) {
    public StreamTarget {
        if (!address.startsWith("unix:/") && !address.startsWith("tcp:")) {
            throw new IllegalArgumentException("not a stream address: " + address);
        }
        if (!preamble.endsWith("\n")) {
            throw new IllegalArgumentException("a preamble ends with a line feed");
        }
    }
}
