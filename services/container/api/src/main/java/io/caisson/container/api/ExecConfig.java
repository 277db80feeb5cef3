package io.caisson.container.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to execute in a running container: Docker's {@code ExecConfig}, field for field.
 *
 * @param consoleSize rows and columns of the terminal
 * @param env in addition to the container's
 * @param workingDir null or empty for the container's, as with {@code user}
 */
public record ExecConfig(
        @Nullable String user,
        boolean privileged,
        boolean tty,
        @Nullable List<Integer> consoleSize,
        boolean attachStdin,
        boolean attachStderr,
        boolean attachStdout,
        @Nullable String detachKeys,
        @Nullable List<String> env,
        @Nullable String workingDir,
        @Nullable List<String> cmd) {}
