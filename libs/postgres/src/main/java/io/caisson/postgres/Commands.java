package io.caisson.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short programs and reports what they said when they fail. */
final class Commands {
    private static final long SECONDS = 120;

    private Commands() {}

    /** Exit code and output, both streams together. */
    record Outcome(int code, String output) {}

    static Outcome run(List<String> command, Path folder, String input) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(exitCode(process, command), output.strip());
    }

    static void check(List<String> command, Path folder, String input) throws IOException {
        Outcome outcome = run(command, folder, input);
        if (outcome.code() != 0) {
            throw new IOException(
                    String.join(" ", command) + " ended with " + outcome.code() + ": " + outcome.output());
        }
    }

    /** Starts {@code command} with no ties to this process but its output going to {@code log}. */
    static Process detached(List<String> command, Path folder, Path log) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static int exitCode(Process process, List<String> command) throws IOException {
        try {
            if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " did not end");
    }
}
