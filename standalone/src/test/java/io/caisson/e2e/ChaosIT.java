package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Under load, processes are killed at random moments: the platform, its database, the monitors of containers. Afterwards
 * every container that a client was told of is as it should be, and once all are removed nothing is left. The moments are
 * many with {@code -Dcaisson.chaos.moments=100}, and the same again with {@code -Dcaisson.chaos.seed}.
 */
class ChaosIT {
    private static final int MOMENTS = Integer.getInteger("caisson.chaos.moments", 8);
    private static final Duration QUIET = Duration.ofSeconds(60);

    @Test
    void shouldKeepItsWordWhenProcessesAreKilledUnderLoad() throws IOException {
        long seed = Long.getLong("caisson.chaos.seed", System.nanoTime());
        List<String> story = new ArrayList<>(List.of("-Dcaisson.chaos.seed=" + seed));
        try (Platform platform = Platform.start("-Dcaisson.mend-every=2s")) {
            try {
                strikeAndAudit(platform, seed, story);
            } catch (AssertionError e) {
                throw new AssertionError(String.join("\n", story) + "\n" + platform.tail(), e);
            }
        }
    }

    private static void strikeAndAudit(Platform platform, long seed, List<String> story) throws IOException {
        // Given clients at work
        TestImages.busyboxOn(platform);
        Path archive = platform.home.resolve("busybox.tar");
        var _ = platform.docker("save", "-o", archive.toString(), "busybox")
                .run()
                .orFail();
        var _ = platform.docker("network", "create", "chaos").run().orFail();
        var _ = platform.docker("run", "--rm", "busybox", "true").run().orFail();
        Instance instance = Instance.of(platform);
        var load = new ChaosLoad(platform, archive, imageWithAnotherLayer(platform), seed);

        // When
        try (load) {
            var random = new Random(seed);
            for (int i = 0; i < MOMENTS; i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500 + random.nextInt(2500)));
                story.add(strike(platform, instance, load, random));
            }
        }

        // Then
        story.add(load.done + " requests were answered well, " + load.told.size() + " containers were told of");
        System.out.println(String.join("\n", story));
        assertThat(load.told).hasSizeGreaterThan(MOMENTS / 2);
        Await.until("all is quiet", QUIET, () -> running(platform).isEmpty());
        assertThat(complaints(platform, load.told)).isEmpty();
        removeAll(platform);
        Await.until(
                "nothing is left: " + instance,
                QUIET,
                () -> instance.leftovers().isEmpty(),
                instance::leftovers);
    }

    /** In the registry only. */
    private static String imageWithAnotherLayer(Platform platform) {
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
                        platform.docker(words.toArray(String[]::new)).run().orFail());
        return reference;
    }

    private static String strike(Platform platform, Instance instance, ChaosLoad load, Random random)
            throws IOException {
        int dice = random.nextInt(10);
        if (dice < 3) {
            platform.kill();
            platform.up();
            return "the platform was killed";
        }
        if (dice < 5) {
            instance.postmaster().forEach(Instance::kill);
            return "PostgreSQL was killed";
        }
        if (dice < 6) {
            instance.backends().stream().skip(random.nextInt(3)).findFirst().ifPresent(Instance::kill);
            return "a backend of PostgreSQL was killed";
        }
        return killMonitor(instance, load, random);
    }

    private static String killMonitor(Instance instance, ChaosLoad load, Random random) {
        Set<String> monitored = instance.monitored();
        List<ChaosContainer> kept =
                load.told.stream().filter(one -> monitored.contains(one.id)).toList();
        if (kept.isEmpty()) {
            return "there was no monitor to kill";
        }
        ChaosContainer one = kept.get(random.nextInt(kept.size()));
        one.losing();
        instance.monitors(one.id).stream().findFirst().ifPresent(Instance::kill);
        return "the monitor of " + one.id + " was killed";
    }

    private static List<String> running(Platform platform) {
        Command.Result result = platform.docker("ps", "-a", "--no-trunc", "--format", "{{.ID}} {{.State}}")
                .run();
        return result.exit() != 0
                ? List.of(result.err())
                : result.out()
                        .lines()
                        .filter(line -> !line.matches("[0-9a-f]+ (exited|created)"))
                        .toList();
    }

    private static List<String> complaints(Platform platform, List<ChaosContainer> told) {
        return told.stream()
                .flatMap(one -> Stream.ofNullable(one.complaint(platform)).map(text -> one.id + " " + text))
                .filter(Objects::nonNull)
                .toList();
    }

    private static void removeAll(Platform platform) {
        String ids = platform.docker("ps", "-aq").run().orFail();
        if (!ids.isBlank()) {
            var _ = platform.docker(Stream.concat(Stream.of("rm", "-f", "-v"), ids.lines())
                            .toArray(String[]::new))
                    .run()
                    .orFail();
        }
        var _ = platform.docker("network", "rm", "chaos").run().orFail();
    }
}
