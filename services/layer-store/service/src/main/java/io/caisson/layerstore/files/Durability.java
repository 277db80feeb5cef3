package io.caisson.layerstore.files;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.Native;
import io.caisson.linux.NativeCall;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** Puts what was written on the disk itself. */
public final class Durability {
    private static final MethodHandle SYNCFS = Native.function("syncfs", JAVA_INT, JAVA_INT);

    private Durability() {}

    /** syncfs(2): one call for all files of a layer instead of one per file; writes whatever else waits there as well. */
    public static void sync(Path anywhere) {
        try (var call = NativeCall.open();
                Fd fd = Fd.open(anywhere, Fd.O_RDONLY)) {
            int result = call.result((int) SYNCFS.invokeExact(call.state(), fd.number()));
            var _ = Errno.check("syncfs", result, anywhere);
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }
}
