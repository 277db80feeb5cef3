package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Six services in six processes, one database, one clustered bus. */
class SeparateServicesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
}
