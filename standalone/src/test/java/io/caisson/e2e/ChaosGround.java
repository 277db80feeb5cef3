package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Clients put to work on an engine, and the audit of what they leave. */
final class ChaosGround {
    private static final Duration QUIET = Duration.ofSeconds(60);

    private ChaosGround() {}

    /** Begins at once. */
    static ChaosLoad load(Engine engine, Path home, long seed) {
        TestImages.busyboxOn(engine);
        Path archive = home.resolve("busybox.tar");
        var _ = engine.docker("save", "-o", archive.toString(), "busybox").run().orFail();
        var _ = engine.docker("network", "create", "chaos").run().orFail();
        var _ = engine.docker("run", "--rm", "busybox", "true").run().orFail();
        return new ChaosLoad(engine, archive, imageWithAnotherLayer(engine), seed);
    }

    /** Every container that a client was told of is as it should be, and once all are removed nothing is left. */
    static void audit(Engine engine, Instance instance, ChaosLoad load) {
        Await.until("all is quiet", QUIET, () -> running(engine).isEmpty());
        assertThat(complaints(engine, load.told)).isEmpty();
        removeAll(engine);
        Await.until(
                "nothing is left: " + instance,
                QUIET,
                () -> instance.leftovers().isEmpty(),
                instance::leftovers);
    }

    /** In the registry only. */
    private static String imageWithAnotherLayer(Engine engine) {
        String reference = TestRegistry.shared().reference("test/chaos");
        List.of(
                        List.of(
                                "run",
                                "--name",
                                "grown",
                                "busybox",
                                "dd",
                                "if=/dev/urandom",
                                "of=/blob",
                                "bs=1M",
                                "count=8"),
                        List.of("commit", "grown", reference),
                        List.of("push", "-q", reference),
                        List.of("rm", "grown"),
                        List.of("rmi", reference))
                .forEach(words ->
                        engine.docker(words.toArray(String[]::new)).run().orFail());
        return reference;
    }

    private static List<String> running(Engine engine) {
        Command.Result result = engine.docker("ps", "-a", "--no-trunc", "--format", "{{.ID}} {{.State}}")
                .run();
        return result.exit() != 0
                ? List.of(result.err())
                : result.out()
                        .lines()
                        .filter(line -> !line.matches("[0-9a-f]+ (exited|created)"))
                        .toList();
    }

    private static List<String> complaints(Engine engine, List<ChaosContainer> told) {
        return told.stream()
                .flatMap(one -> Stream.ofNullable(one.complaint(engine)).map(text -> one.id + " " + text))
                .filter(Objects::nonNull)
                .toList();
    }

    private static void removeAll(Engine engine) {
        String ids = engine.docker("ps", "-aq").run().orFail();
        if (!ids.isBlank()) {
            var _ = engine.docker(Stream.concat(Stream.of("rm", "-f", "-v"), ids.lines())
                            .toArray(String[]::new))
                    .run()
                    .orFail();
        }
        var _ = engine.docker("network", "rm", "chaos").run().orFail();
    }
}
