package io.caisson.executor.host;

import io.caisson.executor.api.TaskProcesses;
import io.caisson.kernel.Fault;
import io.caisson.linux.process.Command;
import io.caisson.linux.process.Processes;
import io.caisson.linux.process.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What ps(1) of this host says of some processes. */
public final class ProcessTable {
    private static final int LIMIT = 8 << 20;
    private static final List<String> USUAL = List.of("-ef");

    private ProcessTable() {}

    /** Blocks. INVALID in ps's words. */
    public static TaskProcesses of(List<String> psArgs, Set<Long> pids) {
        List<String> args = psArgs.isEmpty() ? USUAL : psArgs;
        Result result = ps(args, pids);
        // Some options exclude the choice of processes: then all are listed, and the choice is made below.
        Result whole = result.succeeded() || pids.isEmpty() ? result : ps(args, Set.of());
        if (!whole.succeeded()) {
            throw Fault.invalid("ps: "
                    + whole.error()
                            .lines()
                            .filter(line -> !line.isBlank())
                            .findFirst()
                            .orElse("exit " + whole.exitCode()));
        }
        return parse(whole.output(), pids);
    }

    private static Result ps(List<String> args, Set<Long> pids) {
        List<String> words = new ArrayList<>(List.of("ps"));
        words.addAll(args);
        if (!pids.isEmpty()) {
            words.add("-q" + pids.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        return Processes.run(Command.of(words.toArray(String[]::new)).withOutputLimit(LIMIT));
    }

    static TaskProcesses parse(String output, Set<Long> pids) {
        List<String> lines = output.lines().toList();
        List<String> titles = lines.isEmpty() ? List.of() : words(lines.getFirst());
        int pid = titles.indexOf("PID");
        if (pid < 0) {
            throw Fault.internal("Couldn't find PID field in ps output", null);
        }
        List<List<String>> rows = lines.stream()
                .skip(1)
                .map(ProcessTable::words)
                .filter(words -> words.size() > pid && pids.contains(number(words.get(pid))))
                .map(words -> row(words, titles.size()))
                .toList();
        return new TaskProcesses(titles, rows);
    }

    /** The last column may have blanks in it. */
    private static List<String> row(List<String> words, int columns) {
        if (words.size() <= columns) {
            return words;
        }
        List<String> row = new ArrayList<>(words.subList(0, columns - 1));
        row.add(String.join(" ", words.subList(columns - 1, words.size())));
        return row;
    }

    private static List<String> words(String line) {
        return Arrays.stream(line.strip().split("\\s+")).toList();
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
