package io.caisson.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final Ports ports = new Ports(vertx);
    private final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();

    record Say(String text) {}

    record Said(String text) {}

    @Port("echo")
    interface Echo {
        Uni<Said> say(Say command);

        @Unbounded
        Uni<Said> sayLater(Say command);

        Multi<Said> repeat(Say command);
    }

    private final class Server implements Echo {
        @Override
        public Uni<Said> say(Say command) {
            return command.text().isEmpty()
                    ? Uni.createFrom().failure(Fault.invalid("nothing said"))
                    : Uni.createFrom().item(new Said(command.text()));
        }

        @Override
        public Uni<Said> sayLater(Say command) {
            return say(command).onItem().delayIt().by(Duration.ofMillis(20));
        }

        @Override
        public Multi<Said> repeat(Say command) {
            return Multi.createFrom()
                    .range(0, 1_000_000)
                    .map(i -> new Said(command.text() + i))
                    .onCancellation()
                    .invoke(() -> cancelled.complete(true));
        }
    }

    @AfterEach
    void close() {
        ports.close();
        TestVertx.close(vertx);
    }

    @Test
    void shouldReplyWhenServed() {
        // Given
        ports.serve(Echo.class, new Server());

        // When
        Said said = ports.client(Echo.class).say(new Say("hi")).await().atMost(SOON);
        Said later = ports.client(Echo.class).sayLater(new Say("ho")).await().atMost(SOON);

        // Then
        assertThat(said).isEqualTo(new Said("hi"));
        assertThat(later).isEqualTo(new Said("ho"));
    }

    @Test
    void shouldCarryTheFaultWhenTheServerFails() {
        ports.serve(Echo.class, new Server());

        assertThatThrownBy(
                        () -> ports.client(Echo.class).say(new Say("")).await().atMost(SOON))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.INVALID))
                .hasMessage("nothing said");
        assertThatThrownBy(() ->
                        ports.client(Echo.class).sayLater(new Say("")).await().atMost(SOON))
                .hasMessage("nothing said");
    }

    @Test
    void shouldBeUnavailableWhenNobodyServes() {
        assertThatThrownBy(() ->
                        ports.client(Echo.class).say(new Say("hi")).await().atMost(SOON))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.UNAVAILABLE))
                .hasMessage("service echo is not running");
    }

    @Test
    void shouldSendOnlyWhatWasAskedForAndCancelWhenTheCallerDoes() throws Exception {
        // Given
        ports.serve(Echo.class, new Server());
        var subscriber = AssertSubscriber.<Said>create(3);

        // When
        ports.client(Echo.class).repeat(new Say("n")).subscribe(subscriber);
        subscriber.awaitItems(3, SOON);
        subscriber.cancel();

        // Then
        assertThat(subscriber.getItems()).containsExactly(new Said("n0"), new Said("n1"), new Said("n2"));
        assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
    }
}
