package io.caisson.container;

import io.caisson.kernel.Fault;
import java.util.Locale;

/** The exit code a container gets that could not be started, as a shell would have it. */
final class StartFailure {
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final int OTHER = 128;

    private StartFailure() {}

    static int exitCode(Throwable error) {
        String text = Fault.of(error).message().toLowerCase(Locale.ROOT);
        if (text.contains("executable file not found") || text.contains("no such file or directory")) {
            return NOT_FOUND;
        }
        return text.contains("permission denied") || text.contains("is a directory") ? NOT_EXECUTABLE : OTHER;
    }
}
