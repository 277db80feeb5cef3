package io.caisson.linux.netlink;

import java.util.HexFormat;

/** A 48-bit hardware address, written as {@code 02:42:ac:11:00:02}. */
public record MacAddress(long bits) {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("not a 48-bit hardware address");
        }
    }

    /** Six pairs of hexadecimal digits with colons. */
    public static MacAddress parse(String text) {
        return of(COLONS.parseHex(text));
    }

    static MacAddress of(byte[] bytes) {
        if (bytes.length != 6) {
            throw new IllegalArgumentException("a hardware address has 6 bytes, not " + bytes.length);
        }
        long bits = 0;
        for (byte b : bytes) {
            bits = bits << 8 | (b & 0xff);
        }
        return new MacAddress(bits);
    }

    /** In network order. */
    public byte[] bytes() {
        var bytes = new byte[6];
        for (int i = 0; i < 6; i++) {
            bytes[i] = (byte) (bits >>> (40 - 8 * i));
        }
        return bytes;
    }

    @Override
    public String toString() {
        return COLONS.formatHex(bytes());
    }
}
