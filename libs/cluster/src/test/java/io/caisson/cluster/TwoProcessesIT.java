package io.caisson.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.bus.Ports;
import io.caisson.cluster.Parrot.Words;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two JVMs on one bus. */
class TwoProcessesIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int PORTS = 16;

    private Process process;
    private Vertx vertx;
    private Parrot parrot;

    @BeforeEach
    void start() throws IOException {
        int port = freePorts();
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParrotProcess.class.getName(),
                        Integer.toString(port))
                .inheritIO()
                .start();
        vertx = ParrotProcess.join(port);
        parrot = new Ports(vertx).client(Parrot.class);
        var _ = parrot.say(new Words("there?"))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofMillis(200))
                .expireIn(60_000)
                .await()
                .atMost(Duration.ofSeconds(60));
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void shouldCarryRepliesAndStreamsAndEndThemWhenTheOtherDies() {
        // Given: a reply, and a stream that is followed
        assertThat(parrot.say(new Words("hi")).await().atMost(SOON)).isEqualTo(new Words("hi"));
        assertThat(parrot.sayLater(new Words("ho")).await().atMost(SOON)).isEqualTo(new Words("ho"));
        var numbers = parrot.repeat(new Words("n")).subscribe().withSubscriber(AssertSubscriber.create(500));
        var first = numbers.awaitItems(500, SOON).getItems();
        assertThat(first)
                .containsExactlyElementsOf(IntStream.range(0, 500)
                        .mapToObj(i -> new Words("n" + i))
                        .toList());

        // When: it dies while it owes two answers
        var waiting = parrot.say(new Words("")).subscribe().withSubscriber(UniAssertSubscriber.create());
        var waitingLong = parrot.sayLater(new Words("")).subscribe().withSubscriber(UniAssertSubscriber.create());
        process.destroyForcibly();

        // Then: long before a request's own end
        assertUnavailable(waiting.awaitFailure(SOON).getFailure());
        assertUnavailable(waitingLong.awaitFailure(SOON).getFailure());
        assertUnavailable(numbers.awaitFailure(SOON).getFailure());
        assertUnavailable(parrot.say(new Words("again"))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .awaitFailure(SOON)
                .getFailure());
    }

    private static void assertUnavailable(Throwable error) {
        assertThat(error).isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.kind())
                .isEqualTo(Fault.Kind.UNAVAILABLE));
    }

    /** Members may take any of sixteen in a row. */
    private static int freePorts() {
        return IntStream.iterate(14_000 + (int) (ProcessHandle.current().pid() % 100) * PORTS, port -> port + PORTS)
                .limit(50)
                .filter(port -> IntStream.range(port, port + PORTS).allMatch(TwoProcessesIT::isFree))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
