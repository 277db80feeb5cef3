package io.caisson.executor.monitor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.LinuxException;
import io.caisson.linux.Native;
import io.caisson.linux.NativeCall;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A copy of a program in memory that nobody can write to, whoever gets hold of a process that runs it. */
final class SealedProgram {
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int MFD_EXEC = 0x10;
    private static final int F_ADD_SEALS = 1033;
    private static final int ALL_SEALS = 15;
    private static final int PIECE = 1 << 20;
    private static final MethodHandle CREATE = Native.function("memfd_create", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle FCNTL = Native.variadic("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);

    private final Fd memory;

    private SealedProgram(Fd memory) {
        this.memory = memory;
    }

    /** Empty where this system has no such files, or does not execute them. */
    static Optional<SealedProgram> of(Path program) throws IOException {
        byte[] content = Files.readAllBytes(program);
        try {
            Fd memory = create(MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
            for (int at = 0; at < content.length; ) {
                at += memory.write(Arrays.copyOfRange(content, at, Math.min(content.length, at + PIECE)));
            }
            seal(memory);
            return Optional.of(new SealedProgram(memory));
        } catch (LinuxException _) {
            return Optional.empty();
        }
    }

    private static Fd create(int flags) {
        try (var call = NativeCall.open()) {
            int fd = call.result((int) CREATE.invokeExact(call.state(), call.text("caisson-monitor"), flags));
            return Fd.owning(Errno.check("memfd_create", fd));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    private static void seal(Fd memory) {
        try (var call = NativeCall.open()) {
            int result = call.result((int) FCNTL.invokeExact(call.state(), memory.number(), F_ADD_SEALS, ALL_SEALS));
            var _ = Errno.check("fcntl", result);
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** For children of this process. */
    Path path() {
        return memory.path();
    }
}
