package io.caisson.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A session's share of the processors. Linux shares them between sessions first, whatever their number of processes
 * (sched(7), "The autogroup feature"): a session that serves everybody waits its turn behind each of those that it starts.
 */
public final class Autogroup {
    private static final String GOES_FIRST = "-10";
    /** Of {@code /proc/PID/stat}, counted from the end of the name, which may hold anything. */
    private static final int SESSION = 4;

    private Autogroup() {}

    /**
     * Has the session of a process go before ordinary ones. Only a wish: nothing happens where sessions don't share, where
     * the process is gone, or where the caller may not.
     */
    public static void favour(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "autogroup");
        try {
            Files.writeString(file, GOES_FIRST, StandardOpenOption.WRITE);
        } catch (IOException _) {
            // As said above: a slower platform is better than none.
        }
    }

    /** {@link #favour} for this process, if its session is its own: nobody asked to favour a user's terminal. */
    public static void favourOwn() {
        long self = ProcessHandle.current().pid();
        if (session(self).filter(leader -> leader == self).isPresent()) {
            favour(self);
        }
    }

    private static Optional<Long> session(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).split(" ");
            return Optional.of(Long.valueOf(fields[SESSION]));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
