package io.caisson.postgres;

import io.caisson.linux.process.Autogroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Every process of a server is a session of its own, so that beside starting containers each waits its turn behind them;
 * here they go first. For one thread.
 */
final class Sessions {
    private final Set<Long> favoured = new HashSet<>();

    /** Looks for processes that came since the last time. */
    void favour(Postmaster server) {
        Set<Long> present = children(server.pid());
        present.add(server.pid());
        favoured.retainAll(present);
        present.stream().filter(favoured::add).forEach(Autogroup::favour);
    }

    private static Set<Long> children(long pid) {
        String self = Long.toString(pid);
        var children = new HashSet<Long>();
        try {
            String list = Files.readString(Path.of("/proc", self, "task", self, "children"));
            Arrays.stream(list.split(" "))
                    .filter(child -> !child.isBlank())
                    .map(Long::valueOf)
                    .forEach(children::add);
        } catch (IOException _) {
            // It has just ended, or the kernel keeps no such list.
        }
        return children;
    }
}
