package io.caisson.executor.host;

import io.caisson.executor.api.TaskUsage.Flow;
import io.caisson.executor.api.TaskUsage.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Counters of the interfaces in a process's network, without entering it. */
final class InterfaceTable {
    private static final int SENT = 8;
    private static final int COLUMNS = 16;

    private InterfaceTable() {}

    static List<Traffic> read(int pid, Predicate<String> wanted) throws IOException {
        return parse(Files.readAllLines(Path.of("/proc/" + pid + "/net/dev")), wanted);
    }

    static List<Traffic> parse(List<String> lines, Predicate<String> wanted) {
        return lines.stream()
                .filter(line -> line.indexOf(':') > 0)
                .filter(line -> wanted.test(name(line)))
                .map(InterfaceTable::traffic)
                .toList();
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(':')).strip();
    }

    private static Traffic traffic(String line) {
        String counters = line.substring(line.indexOf(':') + 1).strip();
        long[] numbers = Arrays.copyOf(
                Arrays.stream(counters.split("\\s+")).mapToLong(Long::parseLong).toArray(), COLUMNS);
        return new Traffic(name(line), flow(numbers, 0), flow(numbers, SENT));
    }

    private static Flow flow(long[] numbers, int at) {
        return new Flow(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]);
    }
}
