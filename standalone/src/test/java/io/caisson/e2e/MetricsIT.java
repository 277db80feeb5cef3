package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the platform tells Prometheus. */
class MetricsIT {
    @Test
    void shouldTellOfStartsAndRequestsOnTheSocketAndOnMetricsAddr(@TempDir Path folder) throws Exception {
        // Given a platform with Docker's own switch
        int port = freePort();
        Path json = Files.writeString(
                folder.resolve("daemon.json"), "{\"metrics-addr\": \"127.0.0.1:%d\"}".formatted(port));
        try (Platform platform = Platform.start("--daemon-json", json.toString())) {
            TestImages.busyboxOn(platform);

            // When a container has run
            var _ = platform.docker("run", "--rm", "busybox", "true").run().orFail();

            // Then its phases and the requests are counted
            String onSocket = curl("--unix-socket", platform.socket.toString(), "http://localhost/q/metrics");
            assertThat(onSocket)
                    .contains("caisson_start_phase_seconds_count{phase=\"runtime\"} 1.0")
                    .contains("caisson_start_phase_seconds_count{phase=\"commit\"} 1.0")
                    .contains("caisson_api_request_seconds_count{method=\"POST\",route=\"/containers/{id}/start\"");
            String onTcp = curl("http://127.0.0.1:" + port + "/metrics");
            assertThat(onTcp).contains("caisson_start_phase_seconds_count{phase=\"network\",} 1.0");

            // And the engine is not there
            assertThat(Command.of("curl", "-sf", "http://127.0.0.1:" + port + "/_ping")
                            .run()
                            .exit())
                    .isNotZero();
        }
    }

    private static String curl(String... words) {
        var line = new java.util.ArrayList<>(java.util.List.of("curl", "-sf"));
        line.addAll(java.util.List.of(words));
        return Command.of(line.toArray(String[]::new)).run().orFail();
    }

    private static int freePort() throws java.io.IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
