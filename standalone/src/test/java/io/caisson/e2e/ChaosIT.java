package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Under load, processes are killed at random moments: the platform, its database, the monitors of containers. Afterwards
 * every container that a client was told of is as it should be, and once all are removed nothing is left. The moments are
 * many with {@code -Dcaisson.chaos.moments=100}, and the same again with {@code -Dcaisson.chaos.seed}.
 */
class ChaosIT {
    private static final int MOMENTS = Integer.getInteger("caisson.chaos.moments", 8);

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
        ChaosLoad load = ChaosGround.load(platform, platform.home, seed);
        Instance instance = Instance.of(platform);

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
        ChaosGround.audit(platform, instance, load);
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
}
