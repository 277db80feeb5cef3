package io.caisson.tar;

import java.nio.charset.StandardCharsets;

/** The fields of a 512 byte header (POSIX ustar, with GNU's and star's differences). */
final class TarHeader {
    static final int BLOCK = 512;
    private static final int CHECKSUM = 148;
    private static final int BASE_256 = 0x80;

    private final byte[] block;

    /** @throws TarException when the checksum is wrong */
    TarHeader(byte[] block) {
        this(block, true);
    }

    private TarHeader(byte[] block, boolean verified) {
        this.block = block;
        if (verified) {
            verify();
        }
    }

    /** A block of numbers that has no checksum: what follows the header of a sparse file. */
    static TarHeader unverified(byte[] block) {
        return new TarHeader(block, false);
    }

    static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private void verify() {
        long expected = number(CHECKSUM, 8);
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte b = i >= CHECKSUM && i < CHECKSUM + 8 ? (byte) ' ' : block[i];
            unsigned += b & 0xff;
            signed += b;
        }
        if (expected != unsigned && expected != signed) {
            throw new TarException("invalid tar header");
        }
    }

    char type() {
        return (char) (block[156] & 0xff);
    }

    /** With ustar's prefix before it. */
    String path() {
        String name = text(0, 100);
        if (!text(257, 6).equals("ustar") || block[263] != '0') {
            return name;
        }
        String prefix = text(345, 155);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    String link() {
        return text(157, 100);
    }

    int mode() {
        return (int) number(100, 8) & 07777;
    }

    long uid() {
        return number(108, 8);
    }

    long gid() {
        return number(116, 8);
    }

    long size() {
        long size = number(124, 12);
        if (size < 0) {
            throw new TarException("invalid tar header: negative size");
        }
        return size;
    }

    long seconds() {
        return number(136, 12);
    }

    int major() {
        return (int) number(329, 8);
    }

    int minor() {
        return (int) number(337, 8);
    }

    String text(int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    byte at(int index) {
        return block[index];
    }

    /** Octal digits between blanks and NULs, or a big-endian number behind a set first bit. */
    long number(int at, int length) {
        if ((block[at] & BASE_256) != 0) {
            return binary(at, length);
        }
        String digits = text(at, length).strip();
        if (digits.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(digits, 8);
        } catch (NumberFormatException _) {
            throw new TarException("invalid tar header: not a number");
        }
    }

    private long binary(int at, int length) {
        boolean negative = (block[at] & 0x40) != 0;
        long value = negative ? -1 : 0;
        for (int i = 0; i < length; i++) {
            int b = i == 0 ? (block[at] & 0x3f) | (negative ? 0xc0 : 0) : block[at + i] & 0xff;
            long sign = value >> 55;
            if (sign != 0 && sign != -1) {
                throw new TarException("invalid tar header: number out of range");
            }
            value = value << 8 | b;
        }
        return value;
    }
}
