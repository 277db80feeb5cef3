package io.caisson.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the build has put things. */
final class Places {
    private Places() {}

    /** The top of the source tree. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("caisson")) || !Files.isDirectory(here.resolve("services"))) {
            here = here.getParent();
        }
        return here;
    }

    static Path monitor() {
        return root().resolve("services/executor/monitor/target/caisson-monitor");
    }

    /** What {@code java -jar} runs of an application module. */
    static Path program(String module) {
        return root().resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    }

    static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(java.util.Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
