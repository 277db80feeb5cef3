package io.caisson.executor.spec;

import io.caisson.kernel.Fault;
import java.util.List;
import java.util.Locale;

/**
 * A runtime's words as Docker passes them on. Clients derive the exit codes 126 and 127 from this text, so the runtime's
 * part of it stays as it is.
 */
public final class RuntimeErrors {
    private static final String FRAME =
            "failed to create task for container: failed to create shim task: OCI runtime create failed: ";
    private static final String MOUNTED_WRONG = ": Are you trying to mount a directory onto a file (or vice-versa)?"
            + " Check if the specified host path exists and is the expected type";
    private static final List<String> USERS_FAULT =
            List.of("executable file not found", "no such file or directory", "permission denied", "is a directory");

    private RuntimeErrors() {}

    /** INVALID where image or command cannot run, else INTERNAL. */
    public static Fault fault(String error) {
        // One call of the runtime here is two in Docker.
        String words = error.replaceFirst("^runc run failed: ", "runc create failed: ");
        return fault(FRAME + words + ": unknown", words);
    }

    /** The same for a process that is added to a running container. */
    public static Fault execFault(String error) {
        return fault("OCI runtime exec failed: " + error + ": unknown", error);
    }

    private static Fault fault(String message, String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("not a directory")) {
            return Fault.invalid(message + MOUNTED_WRONG);
        }
        return USERS_FAULT.stream().anyMatch(lower::contains) ? Fault.invalid(message) : Fault.internal(message, null);
    }
}
