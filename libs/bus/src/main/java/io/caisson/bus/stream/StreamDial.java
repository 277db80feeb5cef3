package io.caisson.bus.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Dials a {@link StreamTarget} from blocking code; the caller closes the channel. */
public final class StreamDial {
    private StreamDial() {}

    public static SocketChannel open(StreamTarget target) throws IOException {
        SocketChannel channel = connect(target.address());
        try {
            ByteBuffer preamble = ByteBuffer.wrap(target.preamble().getBytes(StandardCharsets.UTF_8));
            while (preamble.hasRemaining()) {
                var _ = channel.write(preamble);
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static SocketChannel connect(String address) throws IOException {
        if (address.startsWith("unix:")) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(address.substring("unix:".length())));
            return channel;
        }
        int colon = address.lastIndexOf(':');
        String host = address.substring("tcp:".length(), colon);
        return SocketChannel.open(new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1))));
    }
}
