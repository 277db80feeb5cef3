package io.caisson.layerstore;

import io.caisson.kernel.Fault;
import io.caisson.layerstore.pass.PassResult;
import io.caisson.layerstore.pass.PassResult.Content;
import io.caisson.linux.Errno;
import io.caisson.linux.LinuxException;
import io.caisson.oci.Digest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a layer, or with the disk under it, in Docker's words. */
final class LayerFaults {
    private static final String NO_SPACE = "no space left on device";
    private static final int EDQUOT = 122;

    private LayerFaults() {}

    /** @param expected the diffId it must have; null when any will do */
    static Content verify(PassResult result, Digest blob, @Nullable Digest expected) {
        if (!result.blob().equals(blob)) {
            throw Fault.invalid("filesystem layer verification failed for digest " + blob);
        }
        Content content = result.content();
        if (content == null) {
            throw Fault.invalid("failed to register layer: " + result.broken());
        }
        if (expected != null && !content.diffId().equals(expected)) {
            throw Fault.invalid(
                    "invalid diffID for layer: expected \"" + expected + "\", got \"" + content.diffId() + "\"");
        }
        return content;
    }

    static Throwable translate(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (isNoSpace(cause)) {
                return new Fault(Fault.Kind.INTERNAL, NO_SPACE, error);
            }
        }
        return error;
    }

    private static boolean isNoSpace(Throwable error) {
        return switch (error) {
            case LinuxException linux -> linux.errno() == Errno.ENOSPC || linux.errno() == EDQUOT;
            case IOException io -> {
                String message = String.valueOf(io.getMessage());
                yield message.contains("No space left on device") || message.contains("Disk quota exceeded");
            }
            default -> false;
        };
    }
}
