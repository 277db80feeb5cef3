package io.caisson.executor.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a container ended. */
public record Outcome(int code, boolean oomKilled, Instant at) {
    private static final long NANOS = 1_000_000_000;

    /** @param nanos since the epoch */
    public static Outcome of(int code, boolean oomKilled, long nanos) {
        return new Outcome(
                code, oomKilled, Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS)));
    }

    /** The monitor's exit file, {@code code=3 signal=0 oom=0 at=1767323045123456789}. */
    public static Optional<Outcome> read(Path file) throws IOException {
        try {
            return Optional.of(parse(Files.readString(file).strip()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    static Outcome parse(String text) {
        Map<String, String> values = Stream.of(text.split(" "))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Function<String, String> value = key -> values.getOrDefault(key, "0");
        return of(
                Integer.parseInt(value.apply("code")),
                value.apply("oom").equals("1"),
                Long.parseLong(value.apply("at")));
    }
}
