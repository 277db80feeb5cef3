package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Six services in six processes, one database, one clustered bus. */
class SeparateServicesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Between a service's return and the next one's end. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Test
    void shouldRunAContainerAndSurviveTheEndOfAnyService() throws Exception {
        try (SeparateServices services = SeparateServices.start()) {
            // A container through all of them
            String image = TestImages.busybox();
            assertThat(services.docker("run", "--rm", image, "echo", "hi")
                            .within(PATIENCE)
                            .run()
                            .orFail())
                    .isEqualTo("hi");

            // Each may die while idle; when it is back, everything works again without a restart of the others
            for (String name : SeparateServices.NAMES) {
                services.kill(name);
                services.up(name);
                assertThat(services.docker("run", "--rm", image, "echo", name).run())
                        .as(() -> services.tails())
                        .extracting(Command.Result::exit, Command.Result::out)
                        .containsExactly(0, name + "\n");
            }
            assertThat(services.docker("ps", "-aq").run().orFail().lines().toList())
                    .isEqualTo(List.of());
        }
    }

    @Test
    void shouldKeepItsWordWhenServicesAreKilledUnderLoad() throws Exception {
        long seed = Long.getLong("caisson.chaos.seed", System.nanoTime());
        List<String> order = new ArrayList<>(SeparateServices.NAMES);
        Collections.shuffle(order, new Random(seed));
        try (SeparateServices services = SeparateServices.start()) {
            try {
                killEach(services, order, seed);
            } catch (AssertionError e) {
                throw new AssertionError(
                        services.tails() + "\n-Dcaisson.chaos.seed=" + seed + "\n" + e.getMessage(), e);
            }
        }
    }

    private static void killEach(SeparateServices services, List<String> order, long seed) throws IOException {
        ChaosLoad load = ChaosGround.load(services, services.home(), seed);
        try (load) {
            for (String name : order) {
                LockSupport.parkNanos(PAUSE.toNanos());
                services.kill(name);
                services.up(name);
            }
        }
        System.out.println(order + ": " + load.done + " requests were answered well, " + load.told.size()
                + " containers were told of");
        assertThat(load.told).hasSizeGreaterThan(order.size());
        ChaosGround.audit(services, services.onHost(), load);
    }
}
