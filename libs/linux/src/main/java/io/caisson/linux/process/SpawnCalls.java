package io.caisson.linux.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.LinuxException;
import io.caisson.linux.Native;
import io.caisson.linux.NativeCall;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** The calls that start a process and wait for it. */
final class SpawnCalls {
    private static final MethodHandle SPAWN =
            Native.function("posix_spawnp", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle ACTIONS_INIT =
            Native.function("posix_spawn_file_actions_init", JAVA_INT, ADDRESS);
    private static final MethodHandle ACTIONS_DESTROY =
            Native.function("posix_spawn_file_actions_destroy", JAVA_INT, ADDRESS);
    private static final MethodHandle ADD_OPEN = Native.function(
            "posix_spawn_file_actions_addopen", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle ADD_DUP =
            Native.function("posix_spawn_file_actions_adddup2", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle ADD_CLOSE_FROM =
            Native.function("posix_spawn_file_actions_addclosefrom_np", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle ADD_CHDIR =
            Native.function("posix_spawn_file_actions_addchdir_np", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle ATTRIBUTES_INIT = Native.function("posix_spawnattr_init", JAVA_INT, ADDRESS);
    private static final MethodHandle SET_FLAGS =
            Native.function("posix_spawnattr_setflags", JAVA_INT, ADDRESS, JAVA_SHORT);
    private static final MethodHandle SET_DEFAULT =
            Native.function("posix_spawnattr_setsigdefault", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle PIPE = Native.function("pipe2", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle POLL = Native.function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle READ = Native.function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WAITPID = Native.function("waitpid", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final int SIGNAL_SET = 128;
    private static final short SETSIGDEF_AND_SETSIGMASK = 0x04 | 0x08;
    /** More than the opaque structures of any C library. */
    private static final int OPAQUE = 1024;

    private SpawnCalls() {}

    /** Both ends close-on-exec. */
    static Pipe pipe() {
        try (var call = NativeCall.open()) {
            MemorySegment fds = call.memory(8);
            var _ = Errno.check("pipe2", call.result((int) PIPE.invokeExact(call.state(), fds, Fd.O_CLOEXEC)));
            return new Pipe(Fd.owning(fds.get(JAVA_INT, 0)), Fd.owning(fds.get(JAVA_INT, 4)));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** The new process's number; it is a zombie once it has ended, until {@link #reap}. */
    static int spawn(Command command, Fd output, Fd error) {
        try (var call = NativeCall.open()) {
            MemorySegment actions = actions(call, command, output, error);
            MemorySegment pid = call.memory(4);
            MemorySegment program = call.text(command.arguments().getFirst());
            MemorySegment argv = texts(call, command.arguments());
            MemorySegment environment = texts(
                    call,
                    command.environment().entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .toList());
            int failed =
                    (int) SPAWN.invokeExact(call.state(), pid, program, actions, attributes(call), argv, environment);
            ok("posix_spawn_file_actions_destroy", (int) ACTIONS_DESTROY.invokeExact(call.state(), actions), "");
            ok("posix_spawn", failed, command.arguments().getFirst());
            return pid.get(JAVA_INT, 0);
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    private static MemorySegment actions(NativeCall call, Command command, Fd output, Fd error) throws Throwable {
        MemorySegment actions = call.memory(OPAQUE);
        String what = "posix_spawn_file_actions";
        ok(what, (int) ACTIONS_INIT.invokeExact(call.state(), actions), "init");
        MemorySegment nothing = call.text("/dev/null");
        ok(what, (int) ADD_OPEN.invokeExact(call.state(), actions, 0, nothing, Fd.O_RDONLY, 0), "open");
        ok(what, (int) ADD_DUP.invokeExact(call.state(), actions, output.number(), 1), "dup2");
        ok(what, (int) ADD_DUP.invokeExact(call.state(), actions, error.number(), 2), "dup2");
        // The JVM opens files and sockets without close-on-exec.
        ok(what, (int) ADD_CLOSE_FROM.invokeExact(call.state(), actions, 3), "closefrom");
        if (command.folder() != null) {
            MemorySegment folder = call.text(command.folder().toString());
            ok(what, (int) ADD_CHDIR.invokeExact(call.state(), actions, folder), "chdir");
        }
        return actions;
    }

    /** Default handlers and an empty mask: the JVM's threads block and handle signals of their own. */
    private static MemorySegment attributes(NativeCall call) throws Throwable {
        MemorySegment attributes = call.memory(OPAQUE);
        MemorySegment all = call.memory(SIGNAL_SET).fill((byte) 0xff);
        ok("posix_spawnattr_init", (int) ATTRIBUTES_INIT.invokeExact(call.state(), attributes), "");
        ok("posix_spawnattr_setsigdefault", (int) SET_DEFAULT.invokeExact(call.state(), attributes, all), "");
        ok(
                "posix_spawnattr_setflags",
                (int) SET_FLAGS.invokeExact(call.state(), attributes, SETSIGDEF_AND_SETSIGMASK),
                "");
        return attributes;
    }

    private static MemorySegment texts(NativeCall call, List<String> texts) {
        MemorySegment array = call.memory(8L * (texts.size() + 1));
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ADDRESS, i, call.text(texts.get(i)));
        }
        return array;
    }

    /** These functions return the error number itself. */
    private static void ok(String what, int error, String detail) {
        if (error != 0) {
            throw new LinuxException(what, error, detail);
        }
    }

    /** Waits for input on any of the descriptors (-1 is passed over); the events of each, zeros after the time. */
    static int[] poll(NativeCall call, MemorySegment set, int[] fds, int milliseconds) {
        try {
            for (int i = 0; i < fds.length; i++) {
                set.set(JAVA_INT, i * 8L, fds[i]);
                set.set(JAVA_INT, i * 8L + 4, 1); // POLLIN, and no events yet
            }
            int result = call.result((int) POLL.invokeExact(call.state(), set, (long) fds.length, milliseconds));
            if (result != -Errno.EINTR) {
                var _ = Errno.check("poll", result);
            }
            var events = new int[fds.length];
            for (int i = 0; i < fds.length && result > 0; i++) {
                events[i] = set.get(JAVA_SHORT, i * 8L + 6);
            }
            return events;
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** How many bytes came; 0 at the end, negative error number. */
    static long read(NativeCall call, Fd fd, MemorySegment buffer) {
        try {
            return call.result((long) READ.invokeExact(call.state(), fd.number(), buffer, buffer.byteSize()));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** Waits for the end of a child; its exit code, or 128 plus the signal. */
    static int reap(int pid) {
        try (var call = NativeCall.open()) {
            MemorySegment status = call.memory(4);
            int result;
            do {
                result = call.result((int) WAITPID.invokeExact(call.state(), pid, status, 0));
            } while (result == -Errno.EINTR);
            var _ = Errno.check("waitpid", result);
            int word = status.get(JAVA_INT, 0);
            int signal = word & 0x7f;
            return signal == 0 ? word >> 8 & 0xff : 128 + signal;
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** The two ends of a pipe. */
    record Pipe(Fd reader, Fd writer) implements AutoCloseable {
        @Override
        public void close() {
            reader.close();
            writer.close();
        }
    }
}
