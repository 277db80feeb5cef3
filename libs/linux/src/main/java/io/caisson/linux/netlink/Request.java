package io.caisson.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A netlink message in the making (RFC 3549, netlink(7)): header, fixed fields, then attributes. */
final class Request {
    static final int REQUEST = 1;
    static final int ACK = 4;
    static final int REPLACE = 0x100;
    static final int DUMP = 0x300;
    static final int EXCL = 0x200;
    static final int CREATE = 0x400;
    private static final int HEADER = 16;
    private static final int NESTED = 0x8000;

    private final String call;
    private final ByteBuffer out = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());

    /** @param call how errors name it */
    Request(String call, int type, int flags) {
        this.call = call;
        out.putInt(0).putShort((short) type).putShort((short) (REQUEST | flags)).putLong(0);
    }

    String call() {
        return call;
    }

    Request u8(int value) {
        out.put((byte) value);
        return this;
    }

    Request u16(int value) {
        out.putShort((short) value);
        return this;
    }

    Request u32(int value) {
        out.putInt(value);
        return this;
    }

    Request attribute(int type, byte[] value) {
        out.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        return pad();
    }

    Request attribute(int type, int value) {
        out.putShort((short) 8).putShort((short) type).putInt(value);
        return this;
    }

    Request attribute(int type, String value) {
        return attribute(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
    }

    /** An attribute that holds whatever {@code content} adds. */
    Request nested(int type, Runnable content) {
        int start = out.position();
        out.putShort((short) 0).putShort((short) (type | NESTED));
        content.run();
        out.putShort(start, (short) (out.position() - start));
        return this;
    }

    private Request pad() {
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
        return this;
    }

    /** How many bytes it takes among others. */
    int size() {
        return out.position();
    }

    /** The finished bytes, with their sequence number. */
    ByteBuffer message(int sequence) {
        out.putInt(0, out.position()).putInt(8, sequence);
        return out.duplicate().order(ByteOrder.nativeOrder()).flip();
    }

    /** The bytes behind the header, for tests. */
    byte[] payload() {
        var bytes = new byte[out.position() - HEADER];
        out.get(HEADER, bytes);
        return bytes;
    }
}
