package io.caisson.executor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Commands of the host in a container's network namespace. */
final class Nsenter {
    private Nsenter() {}

    /** What it prints, errors included. */
    static String in(int pid, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of("nsenter", "-t", Integer.toString(pid), "-n"));
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
