package io.caisson.linux.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool to run. It gets nothing of this process: no open files, an empty standard input, default signals.
 *
 * @param arguments the first one is the program, looked up in this process's PATH unless it has a slash
 * @param environment all of it
 * @param folder its working directory; null for this process's
 * @param outputLimit how many bytes of standard output, and of standard error, are kept
 * @param timeout after which it is killed
 */
public record Command(
        List<String> arguments,
        Map<String, String> environment,
        @Nullable Path folder,
        int outputLimit,
        Duration timeout) {
    private static final int OUTPUT_LIMIT = 64 * 1024;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a command has a program");
        }
    }

    /** With a usual PATH for its environment, 64 KiB of output and a minute. */
    public static Command of(String... arguments) {
        return new Command(
                List.of(arguments),
                Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
                null,
                OUTPUT_LIMIT,
                TIMEOUT);
    }

    public Command withTimeout(Duration other) {
        return new Command(arguments, environment, folder, outputLimit, other);
    }

    public Command withEnvironment(Map<String, String> other) {
        return new Command(arguments, other, folder, outputLimit, timeout);
    }

    public Command withOutputLimit(int other) {
        return new Command(arguments, environment, folder, other, timeout);
    }

    public Command in(Path other) {
        return new Command(arguments, environment, other, outputLimit, timeout);
    }
}
