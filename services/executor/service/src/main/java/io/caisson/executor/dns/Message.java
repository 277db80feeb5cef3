package io.caisson.executor.dns;

/** Numbers of DNS messages (RFC 1035, 6891). */
final class Message {
    static final int HEADER = 12;
    static final int MAX = 65535;
    /** What fits into a datagram unless the asker says otherwise. */
    static final int PLAIN_DATAGRAM = 512;

    static final int LARGEST_DATAGRAM = 4096;
    static final int MAX_LABEL = 63;
    static final int MAX_NAME = 255;

    static final int TYPE_A = 1;
    static final int TYPE_PTR = 12;
    static final int TYPE_OPT = 41;
    static final int CLASS_IN = 1;

    static final int RESPONSE = 0x8000;
    static final int OPCODE = 0x7800;
    static final int TRUNCATED = 0x0200;
    static final int RECURSION_DESIRED = 0x0100;
    static final int RECURSION_AVAILABLE = 0x0080;
    static final int RCODE = 0x000f;

    static final int OK = 0;
    static final int FORMAT_ERROR = 1;
    static final int SERVER_FAILURE = 2;
    static final int NO_SUCH_NAME = 3;
    static final int NOT_IMPLEMENTED = 4;
    static final int REFUSED = 5;

    private Message() {}

    static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    static void u16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    static int flags(byte[] message) {
        return u16(message, 2);
    }

    static int rcode(byte[] message) {
        return flags(message) & RCODE;
    }
}
