package io.caisson.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether tests may change the kernel's state. */
public final class Root {
    public static final String CONDITION = "io.caisson.linux.Root#isRoot";
    public static final String REASON = "needs root: it makes namespaces, mounts or devices";

    private Root() {}

    public static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }
}
