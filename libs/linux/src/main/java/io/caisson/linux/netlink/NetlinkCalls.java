package io.caisson.linux.netlink;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.Native;
import io.caisson.linux.NativeCall;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The socket calls that netlink needs. */
final class NetlinkCalls {
    private static final MethodHandle SOCKET = Native.function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            Native.function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND = Native.function("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV = Native.function("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int MSG_TRUNC = 0x20;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    /** The kernel answers while it handles send(2): silence this long means that the answer was lost. */
    private static final long TIMEOUT_SECONDS = 10;

    private NetlinkCalls() {}

    static Fd socket(int protocol) {
        try (var call = NativeCall.open()) {
            int fd = call.result((int) SOCKET.invokeExact(call.state(), AF_NETLINK, SOCK_RAW | Fd.O_CLOEXEC, protocol));
            Fd socket = Fd.owning(Errno.check("socket", fd));
            option(call, socket, SOL_NETLINK, NETLINK_CAP_ACK, number(call, 1), 4);
            option(call, socket, SOL_NETLINK, NETLINK_EXT_ACK, number(call, 1), 4);
            MemorySegment timeout = call.memory(16);
            timeout.set(JAVA_LONG, 0, TIMEOUT_SECONDS);
            option(call, socket, SOL_SOCKET, SO_RCVTIMEO, timeout, 16);
            return socket;
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    private static MemorySegment number(NativeCall call, int value) {
        MemorySegment number = call.memory(4);
        number.set(JAVA_INT, 0, value);
        return number;
    }

    private static void option(NativeCall call, Fd socket, int level, int name, MemorySegment value, int size)
            throws Throwable {
        int result = call.result((int) SETSOCKOPT.invokeExact(call.state(), socket.number(), level, name, value, size));
        if (result < 0) {
            socket.close();
        }
        var _ = Errno.check("setsockopt", result);
    }

    static void send(NativeCall call, Fd socket, MemorySegment bytes) {
        try {
            long sent;
            do {
                sent = call.result((long) SEND.invokeExact(call.state(), socket.number(), bytes, bytes.byteSize(), 0));
            } while (sent == -Errno.EINTR);
            var _ = Errno.check("send", sent);
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** How many bytes came in; {@code ENOBUFS} when they did not fit. */
    static int receive(NativeCall call, Fd socket, MemorySegment buffer) {
        try {
            long got;
            do {
                got = call.result(
                        (long) RECV.invokeExact(call.state(), socket.number(), buffer, buffer.byteSize(), MSG_TRUNC));
            } while (got == -Errno.EINTR);
            long length = Errno.check("recv", got);
            return (int) Errno.check("recv", length > buffer.byteSize() ? -Errno.ENOBUFS : length);
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }
}
