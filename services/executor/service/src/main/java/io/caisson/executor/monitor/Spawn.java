package io.caisson.executor.monitor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.LinuxException;
import io.caisson.linux.Native;
import io.caisson.linux.NativeCall;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Short-lived programs by posix_spawn(3), because they need what {@link ProcessBuilder} cannot give: a descriptor beyond
 * stderr. It also takes half the time.
 */
public final class Spawn {
    private static final int OUTPUT_LIMIT = 64 * 1024;
    private static final int EXTRA_FD = 3;
    private static final int O_RDWR = 2;
    private static final int ACTIONS_SIZE = 128;
    private static final List<String> ENVIRONMENT =
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/");

    private static final MethodHandle PIPE = Native.function("pipe2", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle INIT = Native.function("posix_spawn_file_actions_init", JAVA_INT, ADDRESS);
    private static final MethodHandle DESTROY = Native.function("posix_spawn_file_actions_destroy", JAVA_INT, ADDRESS);
    private static final MethodHandle ADD_OPEN = Native.function(
            "posix_spawn_file_actions_addopen", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle ADD_DUP =
            Native.function("posix_spawn_file_actions_adddup2", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle SPAWN =
            Native.function("posix_spawnp", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle WAIT = Native.function("waitpid", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

    private Spawn() {}

    /**
     * How it ended.
     *
     * @param code 128 + n for signal n
     * @param output stdout and stderr together, at most 64 KiB of it
     */
    public record Ended(int code, String output) {}

    /**
     * Runs a program to its end, with nothing for its input; blocks.
     *
     * @param program searched for in the usual places unless it has a slash
     * @param command its arguments; the first is the name by which it is seen
     * @param extra the program's descriptor 3
     */
    public static Ended run(String program, List<String> command, @Nullable Fd extra) throws IOException {
        int[] pipe = pipe();
        int pid;
        FileInputStream output;
        try (Fd reading = Fd.owning(pipe[0]);
                Fd writing = Fd.owning(pipe[1])) {
            pid = start(program, command, writing, extra);
            output = new FileInputStream(reading.path().toFile());
        }
        try (output) {
            String text = new String(output.readNBytes(OUTPUT_LIMIT), StandardCharsets.UTF_8);
            var _ = output.skip(Long.MAX_VALUE);
            return new Ended(await(pid), text.strip());
        }
    }

    private static int[] pipe() {
        try (var call = NativeCall.open()) {
            MemorySegment ends = call.memory(8);
            int result = call.result((int) PIPE.invokeExact(call.state(), ends, Fd.O_CLOEXEC));
            var _ = Errno.check("pipe2", result);
            return ends.toArray(JAVA_INT);
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    private static int start(String file, List<String> command, Fd output, @Nullable Fd extra) {
        try (var call = NativeCall.open()) {
            MemorySegment state = call.state();
            MemorySegment actions = call.memory(ACTIONS_SIZE);
            check("posix_spawn_file_actions_init", (int) INIT.invokeExact(state, actions), "");
            MemorySegment nothing = call.text("/dev/null");
            check("open", (int) ADD_OPEN.invokeExact(state, actions, 0, nothing, O_RDWR, 0), "/dev/null");
            check("dup2", (int) ADD_DUP.invokeExact(state, actions, output.number(), 1), "");
            check("dup2", (int) ADD_DUP.invokeExact(state, actions, output.number(), 2), "");
            if (extra != null) {
                check("dup2", (int) ADD_DUP.invokeExact(state, actions, extra.number(), EXTRA_FD), "");
            }
            MemorySegment pid = call.memory(4);
            MemorySegment program = call.text(file);
            MemorySegment arguments = strings(call, command);
            MemorySegment environment = strings(call, ENVIRONMENT);
            int failed =
                    (int) SPAWN.invokeExact(state, pid, program, actions, MemorySegment.NULL, arguments, environment);
            int _ = (int) DESTROY.invokeExact(state, actions);
            check("posix_spawn", failed, file);
            return pid.get(JAVA_INT, 0);
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    private static void check(String call, int errno, String detail) {
        if (errno != 0) {
            throw new LinuxException(call, errno, detail);
        }
    }

    private static MemorySegment strings(NativeCall call, List<String> strings) {
        MemorySegment array = call.memory((strings.size() + 1L) * ADDRESS.byteSize());
        for (int i = 0; i < strings.size(); i++) {
            array.setAtIndex(ADDRESS, i, call.text(strings.get(i)));
        }
        return array;
    }

    /** Its output is at its end, so it is ending: this takes no time. */
    private static int await(int pid) {
        try (var call = NativeCall.open()) {
            MemorySegment status = call.memory(4);
            int waited;
            do {
                waited = call.result((int) WAIT.invokeExact(call.state(), pid, status, 0));
            } while (waited == -Errno.EINTR);
            var _ = Errno.check("waitpid", waited);
            int value = status.get(JAVA_INT, 0);
            int signal = value & 0x7f;
            return signal == 0 ? value >> 8 & 0xff : 128 + signal;
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }
}
