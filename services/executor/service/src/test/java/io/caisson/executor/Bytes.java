package io.caisson.executor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** What comes out of an attachment. */
final class Bytes {
    private Bytes() {}

    /** Everything up to its end. */
    static String readAll(SocketChannel channel) throws IOException {
        InputStream in = Channels.newInputStream(channel);
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A stdcopy frame as text, to compare with. */
    static String frame(int stream, String text) {
        return new String(new char[] {(char) stream, 0, 0, 0, 0, 0, 0, (char) text.length()}) + text;
    }
}
