package io.caisson.executor.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntFunction;

/** Ports of the kernel's range for outgoing connections, one after the other. For one thread at a time. */
final class EphemeralPorts {
    private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int FIRST = 32768;
    private static final int LAST = 60999;

    private int next;

    /** What {@code attempt} makes of the first port that it takes. */
    <T> Optional<T> firstOf(IntFunction<Optional<T>> attempt) {
        int[] range = range();
        for (int tries = 0; tries <= range[1] - range[0]; tries++) {
            int port = next < range[0] || next > range[1] ? range[0] : next;
            next = port + 1;
            Optional<T> taken = attempt.apply(port);
            if (taken.isPresent()) {
                return taken;
            }
        }
        return Optional.empty();
    }

    private static int[] range() {
        try {
            String[] numbers = Files.readString(RANGE).strip().split("\\s+");
            return new int[] {Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])};
        } catch (IOException | RuntimeException _) {
            return new int[] {FIRST, LAST};
        }
    }
}
