package io.caisson.executor;

import io.caisson.testkit.BusyboxRootfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether tests may run containers here. */
final class Root {
    static final String CONDITION = "io.caisson.executor.Root#canRunContainers";
    static final String REASON = "needs root, runc and a static busybox";

    private Root() {}

    static boolean canRunContainers() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                && Files.isExecutable(Path.of("/usr/sbin/runc"))
                && BusyboxRootfs.available();
    }
}
