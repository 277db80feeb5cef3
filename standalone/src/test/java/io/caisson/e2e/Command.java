package io.caisson.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program run to its end, with a deadline. */
@SuppressWarnings("ArrayRecordComponent")
record Command(List<String> words, Map<String, String> environment, byte[] input, Duration patience) {
    private static final Duration USUAL = Duration.ofSeconds(60);

    /** How it ended and what it said. */
    record Result(int exit, String out, String err) {
        /** The output without its last line feed; fails the test when the program failed. */
        String orFail() {
            if (exit != 0) {
                throw new AssertionError("exit " + exit + "\n" + out + err);
            }
            return out.strip();
        }
    }

    static Command of(String... words) {
        return new Command(List.of(words), Map.of(), new byte[0], USUAL);
    }

    Command with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Command(words, more, input, patience);
    }

    Command input(String text) {
        return new Command(words, environment, text.getBytes(StandardCharsets.UTF_8), patience);
    }

    Command within(Duration deadline) {
        return new Command(words, environment, input, deadline);
    }

    Result run() {
        try {
            Process process = start(null);
            CompletableFuture<String> out = reading(process.getInputStream());
            CompletableFuture<String> err = reading(process.getErrorStream());
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input);
            } catch (IOException _) {
                // it did not want all of its input
            }
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(words + " did not end within " + patience + "\n" + out.join() + err.join());
            }
            return new Result(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Starts it and lets it run, its output going to {@code log}. */
    Process start(@Nullable Path log) throws IOException {
        var builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        if (log != null) {
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        }
        return builder.start();
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        return e.toString();
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }
}
