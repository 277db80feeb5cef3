package io.caisson.engine.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Takes the headers off Docker's multiplexed output: eight bytes, the last four of which are the length of what follows. */
final class Unframing {
    private static final int HEADER = 8;
    private static final int LENGTH_AT = 4;

    private final ByteBuffer header = ByteBuffer.allocate(HEADER);
    private long left;

    /** The content in this piece; headers and contents may be cut anywhere. */
    byte[] take(byte[] piece) {
        var content = new ByteArrayOutputStream(piece.length);
        int at = 0;
        while (at < piece.length) {
            if (left > 0) {
                int length = (int) Math.min(left, piece.length - at);
                content.write(piece, at, length);
                at += length;
                left -= length;
            } else {
                header.put(piece[at++]);
                if (!header.hasRemaining()) {
                    left = Integer.toUnsignedLong(header.getInt(LENGTH_AT));
                    header.clear();
                }
            }
        }
        return content.toByteArray();
    }
}
