package io.caisson.executor.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The time that all processors of a host have spent, as the kernel counts it.
 *
 * @param spent nanoseconds, idle or not
 * @param online processors
 */
record HostClock(long spent, int online) {
    private static final long TICK = 10_000_000;
    /** User, nice, system, idle, waiting for I/O, interrupts of both kinds: what Docker adds up. */
    private static final int COLUMNS = 7;

    static HostClock read() throws IOException {
        return parse(Files.readAllLines(Path.of("/proc/stat")));
    }

    static HostClock parse(List<String> lines) {
        long ticks = lines.stream()
                .filter(line -> line.startsWith("cpu "))
                .findFirst()
                .map(line -> Arrays.stream(line.split("\\s+"))
                        .skip(1)
                        .limit(COLUMNS)
                        .mapToLong(Long::parseLong)
                        .sum())
                .orElse(0L);
        long online = lines.stream().filter(line -> line.matches("cpu\\d+ .*")).count();
        return new HostClock(ticks * TICK, (int) online);
    }
}
