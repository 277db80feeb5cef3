package io.caisson.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams on a bus that loses messages. */
class StreamLossTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final StreamTimes QUICK =
            new StreamTimes(Duration.ofMillis(100), Duration.ofMillis(600), Duration.ofMillis(30));

    private final Vertx vertx = Vertx.vertx();
    private final Ports ports = new Ports(vertx, QUICK);
    private final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    private final Set<StreamSignal> lost = ConcurrentHashMap.newKeySet();
    private final AtomicInteger toLose = new AtomicInteger();

    record Count(int upTo) {}

    record Number(int value) {}

    @Port("counting")
    interface Counting {
        Multi<Number> count(Count command);

        Multi<Number> countLate(Count command);
    }

    private final class Server implements Counting {
        @Override
        public Multi<Number> count(Count command) {
            return Multi.createFrom()
                    .range(0, command.upTo())
                    .map(Number::new)
                    .onCancellation()
                    .invoke(() -> cancelled.complete(true));
        }

        @Override
        public Multi<Number> countLate(Count command) {
            return Multi.createFrom()
                    .publisher(
                            downstream -> vertx.setTimer(50, _ -> count(command).subscribe(downstream)));
        }
    }

    @BeforeEach
    void serve() {
        ports.serve(Counting.class, new Server());
        vertx.eventBus().addOutboundInterceptor(delivery -> {
            String kind = delivery.message().headers().get(StreamInbox.KIND);
            if (kind == null || !lost.contains(StreamSignal.valueOf(kind)) || toLose.getAndDecrement() <= 0) {
                delivery.next();
            }
        });
    }

    @AfterEach
    void close() {
        ports.close();
        TestVertx.close(vertx);
    }

    private void lose(int count, StreamSignal... signals) {
        lost.addAll(Set.of(signals));
        toLose.set(count);
    }

    private AssertSubscriber<Number> subscribe(long demand, int upTo) {
        var subscriber = AssertSubscriber.<Number>create(demand);
        ports.client(Counting.class).count(new Count(upTo)).subscribe(subscriber);
        return subscriber;
    }

    @Test
    void shouldGoOnWhenDemandIsLost() {
        // Given
        lose(1, StreamSignal.DEMAND);
        var subscriber = subscribe(1, 3).awaitItems(1, SOON);

        // When
        subscriber.request(5);

        // Then
        assertThat(subscriber.awaitCompletion(SOON).getItems())
                .containsExactly(new Number(0), new Number(1), new Number(2));
    }

    @Test
    void shouldCompleteWhenTheLastWordIsLost() {
        lose(2, StreamSignal.DONE);

        assertThat(subscribe(9, 2).awaitCompletion(SOON).getItems()).containsExactly(new Number(0), new Number(1));
    }

    @Test
    void shouldServeWhatWasAskedForBeforeTheServerSubscribed() {
        var subscriber = AssertSubscriber.<Number>create(2);

        ports.client(Counting.class).countLate(new Count(5)).subscribe(subscriber);

        assertThat(subscriber.awaitItems(2, SOON).getItems()).containsExactly(new Number(0), new Number(1));
        subscriber.cancel();
    }

    @Test
    void shouldBeUnavailableWhenAnItemIsLost() throws Exception {
        lose(1, StreamSignal.ITEM);

        // The second of two shows the gap
        assertUnavailable(subscribe(2, 1_000));
        assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldBeUnavailableWhenTheOnlyItemIsLost() throws Exception {
        lose(1, StreamSignal.ITEM);

        assertUnavailable(subscribe(1, 1_000));
        assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldEndBothSidesWhenNothingArrivesAnyMore() throws Exception {
        lose(Integer.MAX_VALUE, StreamSignal.values());

        assertUnavailable(subscribe(1, 1_000));
        assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void assertUnavailable(AssertSubscriber<Number> subscriber) {
        assertThat(subscriber.awaitFailure(SOON).getFailure())
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.UNAVAILABLE));
    }
}
