package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two hundred at once, and nothing left of them. */
class ManyContainersIT {
    private static final int CONTAINERS = 200;
    private static final int AT_A_TIME = 8;
    private static final int THOUSANDS = 2_500;

    @Test
    void shouldRunTwoHundredWithAPublishedPortEachAndLeaveNothing() throws Exception {
        try (Platform platform = Platform.start()) {
            TestImages.busyboxOn(platform);
            // Given the host with a platform that has run and removed one
            var _ = platform.docker("run", "--rm", "-p", "80", "busybox", "true")
                    .run()
                    .orFail();
            HostAudit before = HostAudit.take();
            String filesBefore = files(platform);

            // When
            List<String> ids = start(platform);

            // Then all run, each with a port of its own
            assertThat(platform.docker("ps", "-q").run().orFail().lines()).hasSize(CONTAINERS);
            assertThat(platform.docker("ps", "--format", "{{.Ports}}")
                            .run()
                            .orFail()
                            .lines())
                    .allMatch(ports -> ports.contains("->80/tcp"))
                    .doesNotHaveDuplicates();

            // And when all are removed, the host is as before
            for (int from = 0; from < ids.size(); from += 50) {
                var words = new java.util.ArrayList<>(List.of("rm", "-f"));
                words.addAll(ids.subList(from, Math.min(ids.size(), from + 50)));
                var _ = platform.docker(words.toArray(String[]::new))
                        .within(Duration.ofMinutes(3))
                        .run()
                        .orFail();
            }
            Await.until("the host is as before", Duration.ofSeconds(30), () -> HostAudit.take()
                    .equals(before));
            Await.until("the data is as before", Duration.ofSeconds(30), () -> files(platform)
                    .equals(filesBefore));
        }
    }

    /** More than the platform remembers: what it does not remember it reads, page by page. */
    @Test
    void shouldListThemAllWhenThereAreThousands() throws Exception {
        try (Platform platform = Platform.start()) {
            TestImages.busyboxOn(platform);
            String create = "for i in $(seq " + THOUSANDS + "); do printf '%s\\n' next"
                    + " 'url = http://localhost/containers/create' 'unix-socket = " + platform.socket + "'"
                    + " 'header = Content-Type:application/json' 'data = {\"Image\":\"busybox\"}'; done | curl -sf -K -";
            assertThat(Command.of("sh", "-c", create)
                            .within(Duration.ofMinutes(2))
                            .run()
                            .orFail())
                    .contains("Id");

            for (int i = 0; i < 2; i++) {
                assertThat(platform.docker("ps", "-aq", "--no-trunc")
                                .run()
                                .orFail()
                                .lines())
                        .hasSize(THOUSANDS)
                        .doesNotHaveDuplicates();
            }
        }
    }

    private static List<String> start(Platform platform) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<String>> running = IntStream.range(0, CONTAINERS)
                    .mapToObj(_ -> threads.submit(
                            () -> platform.docker("run", "-d", "-p", "127.0.0.1::80", "busybox", "sleep", "1000")
                                    .within(Duration.ofMinutes(3))
                                    .run()
                                    .orFail()))
                    .toList();
            List<String> ids = new java.util.ArrayList<>();
            for (Future<String> one : running) {
                ids.add(one.get());
            }
            return ids;
        }
    }

    /** Everything in the data directory but the database's own files and the log. */
    private static String files(Platform platform) {
        return Command.of(
                        "sh",
                        "-c",
                        "cd " + platform.home
                                + " && find data run -path data/postgres -prune -o -path data/log -prune -o -print | sort")
                .run()
                .out();
    }
}
