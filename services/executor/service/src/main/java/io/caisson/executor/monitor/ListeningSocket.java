package io.caisson.executor.monitor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.Native;
import io.caisson.linux.NativeCall;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A UNIX stream socket that listens before there is anybody to accept: clients that attach to a container before its start
 * wait in its backlog, in order, for the monitor that inherits it.
 */
public final class ListeningSocket implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_NONBLOCK = 04000;
    private static final int BACKLOG = 128;
    private static final int ADDRESS_SIZE = 110;
    private static final int PATH_LIMIT = 103;
    private static final MethodHandle SOCKET = Native.function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = Native.function("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CHMOD = Native.function("fchmod", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle LISTEN = Native.function("listen", JAVA_INT, JAVA_INT, JAVA_INT);

    private final Path path;
    private final Fd fd;

    private ListeningSocket(Path path, Fd fd) {
        this.path = path;
        this.fd = fd;
    }

    /** Takes the place of any socket that was left at the path; only for our own user. */
    public static ListeningSocket bind(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        Files.deleteIfExists(path);
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > PATH_LIMIT) {
            throw new IOException("longer than a UNIX socket's path may be: " + path);
        }
        try (var call = NativeCall.open()) {
            int type = SOCK_STREAM | SOCK_NONBLOCK | Fd.O_CLOEXEC;
            int number = call.result((int) SOCKET.invokeExact(call.state(), AF_UNIX, type, 0));
            Fd fd = Fd.owning(Errno.check("socket", number));
            try {
                bind(call, fd, path, bytes);
                return new ListeningSocket(path, fd);
            } catch (Throwable t) {
                fd.close();
                throw t;
            }
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    private static void bind(NativeCall call, Fd fd, Path path, byte[] bytes) throws Throwable {
        MemorySegment address = call.memory(ADDRESS_SIZE);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, 2, bytes.length);
        int mode = 0600; // of the socket itself, so that its file never has another one
        var _ = Errno.check("fchmod", call.result((int) CHMOD.invokeExact(call.state(), fd.number(), mode)), path);
        int bound = call.result((int) BIND.invokeExact(call.state(), fd.number(), address, ADDRESS_SIZE));
        var _ = Errno.check("bind", bound, path);
        int listening = call.result((int) LISTEN.invokeExact(call.state(), fd.number(), BACKLOG));
        var _ = Errno.check("listen", listening, path);
    }

    /** For the process that inherits it. */
    Fd fd() {
        return fd;
    }

    public Path path() {
        return path;
    }

    /** Lets go of it; whoever inherited it goes on listening. */
    @Override
    public void close() {
        fd.close();
    }

    /** Nobody will ever accept: those who wait see their connection end. */
    public void abandon() throws IOException {
        fd.close();
        Files.deleteIfExists(path);
    }
}
