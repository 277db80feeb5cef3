package io.caisson.e2e;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container that a client was told of: it counts to {@code lines} in its log and ends with {@code code}, unless somebody
 * meddles.
 */
final class ChaosContainer {
    final String id;
    private final int lines;
    private final int code;
    private volatile boolean stopped;
    private volatile boolean keeperKilled;
    private volatile boolean removalAsked;
    private volatile boolean removed;

    ChaosContainer(String id, int lines, int code) {
        this.id = id;
        this.lines = lines;
        this.code = code;
    }

    static String script(int lines, int code) {
        return "i=0; while [ $i -lt " + lines + " ]; do i=$((i+1)); echo $i; sleep 0.1; done; exit " + code;
    }

    /** Before a client asks for its end. */
    void stopping() {
        stopped = true;
    }

    /** Before its monitor is killed. */
    void losing() {
        keeperKilled = true;
    }

    void removing() {
        removalAsked = true;
    }

    void removed() {
        removed = true;
    }

    boolean mayBeThere() {
        return !removalAsked;
    }

    /** What is wrong with it now that everything is quiet; null when nothing is. */
    @Nullable
    String complaint(Engine engine) {
        Command.Result found = engine.docker("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", id)
                .run();
        if (found.exit() != 0) {
            return removalAsked ? null : "is gone: " + found.err().strip();
        }
        if (removed) {
            return "is still there: " + found.out().strip();
        }
        if (removalAsked) {
            return null;
        }
        String[] state = found.out().strip().split(" ");
        if (!state[0].equals("exited")) {
            return "is " + state[0];
        }
        int ended = Integer.parseInt(state[1]);
        boolean asExpected = ended == code
                || (stopped && List.of(137, 143, 255).contains(ended))
                || (keeperKilled && List.of(137, 255).contains(ended));
        return asExpected ? logComplaint(engine, ended) : "ended with " + ended + " instead of " + code;
    }

    /** Every line once and in order; all of them when it ended by itself. */
    private @Nullable String logComplaint(Engine engine, int ended) {
        List<String> log = engine.docker("logs", id).run().out().lines().toList();
        List<String> wanted = new ArrayList<>();
        for (int i = 1; i <= log.size(); i++) {
            wanted.add(Integer.toString(i));
        }
        if (!log.equals(wanted)) {
            return "has lost some of its log: " + log;
        }
        return ended == code && log.size() != lines ? "has " + log.size() + " lines of " + lines : null;
    }
}
