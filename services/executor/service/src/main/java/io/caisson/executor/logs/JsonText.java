package io.caisson.executor.logs;

/** Escapes of JSON strings (RFC 8259, section 7), from bytes to bytes of UTF-8; never longer than they were. */
final class JsonText {
    private static final int UNICODE_DIGITS = 4;

    private JsonText() {}

    /** The end in {@code target} of what was written there from {@code at} on. */
    static int unescape(byte[] source, int from, int to, byte[] target, int at) {
        int out = at;
        int in = from;
        while (in < to) {
            int escape = ByteSearch.indexOf(source, (byte) '\\', in, to);
            System.arraycopy(source, in, target, out, escape - in);
            out += escape - in;
            in = escape;
            if (in + 1 >= to) {
                return out;
            }
            if (source[in + 1] != 'u') {
                target[out++] = plain(source[in + 1]);
                in += 2;
                continue;
            }
            int point = codePoint(source, in, to);
            in += Character.charCount(point) * (2 + UNICODE_DIGITS);
            out = encode(point, target, out);
        }
        return out;
    }

    private static byte plain(byte escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escaped;
        };
    }

    /** Of one escape, or of two that are a surrogate pair. */
    private static int codePoint(byte[] source, int at, int to) {
        int first = unit(source, at, to);
        int next = at + 2 + UNICODE_DIGITS;
        if (Character.isHighSurrogate((char) first) && next < to && source[next] == '\\') {
            int second = unit(source, next, to);
            if (Character.isLowSurrogate((char) second)) {
                return Character.toCodePoint((char) first, (char) second);
            }
        }
        return Character.isSurrogate((char) first) ? 0xfffd : first;
    }

    private static int unit(byte[] source, int at, int to) {
        int unit = 0;
        for (int i = at + 2; i < at + 2 + UNICODE_DIGITS; i++) {
            unit = (unit << 4) | Math.max(0, i < to ? Character.digit(source[i], 16) : 0);
        }
        return unit;
    }

    private static int encode(int point, byte[] target, int at) {
        int out = at;
        if (point < 0x80) {
            target[out++] = (byte) point;
        } else if (point < 0x800) {
            target[out++] = (byte) (0xc0 | (point >> 6));
            target[out++] = (byte) (0x80 | (point & 0x3f));
        } else if (point < 0x10000) {
            target[out++] = (byte) (0xe0 | (point >> 12));
            target[out++] = (byte) (0x80 | ((point >> 6) & 0x3f));
            target[out++] = (byte) (0x80 | (point & 0x3f));
        } else {
            target[out++] = (byte) (0xf0 | (point >> 18));
            target[out++] = (byte) (0x80 | ((point >> 12) & 0x3f));
            target[out++] = (byte) (0x80 | ((point >> 6) & 0x3f));
            target[out++] = (byte) (0x80 | (point & 0x3f));
        }
        return out;
    }
}
