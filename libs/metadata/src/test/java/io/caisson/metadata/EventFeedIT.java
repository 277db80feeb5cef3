package io.caisson.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.testkit.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class EventFeedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    EventFeed feed;

    @Inject
    EventLog log;

    @Inject
    EventRetention retention;

    @Inject
    Transactions transactions;

    @Inject
    Pool pool;

    @Test
    void shouldDeliverEachEventOnceWhenManyTransactionsWriteAtATime() {
        // Given a reader of what was and what comes
        String run = UUID.randomUUID().toString();
        long since = Event.nanos(Instant.now());
        var reader = feed.follow(EventQuery.between(since, null))
                .filter(event -> event.type().equals(run))
                .subscribe()
                .withSubscriber(AssertSubscriber.<Event>create(Long.MAX_VALUE));

        // When 200 transactions of 1 to 3 events, ten at a time, commit in any order
        List<Uni<Void>> writers = IntStream.range(0, 200)
                .mapToObj(number -> write(run, "writer-" + number, 1 + number % 3))
                .toList();
        Multi.createFrom()
                .iterable(writers)
                .onItem()
                .transformToUni(writer -> writer)
                .merge(10)
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
        int written = IntStream.range(0, 200).map(number -> 1 + number % 3).sum();

        // Then each event comes once, those of a transaction in their order
        List<Event> events = reader.awaitItems(written, PATIENCE).cancel().getItems();
        assertThat(events).doesNotHaveDuplicates().hasSize(written);
        assertThat(events.stream().filter(event -> event.actorId().equals("writer-2")))
                .extracting(Event::action)
                .containsExactly("0", "1", "2");
    }

    @Test
    void shouldHoldBackLaterEventsWhileAnOlderTransactionIsOpen() {
        // Given a live reader and a transaction that has written but not committed
        String run = UUID.randomUUID().toString();
        var reader = feed.follow(EventQuery.between(Event.nanos(Instant.now()), null))
                .filter(event -> event.type().equals(run))
                .subscribe()
                .withSubscriber(AssertSubscriber.<Event>create(Long.MAX_VALUE));
        var connection = pool.getConnectionAndAwait();
        var slow = connection.beginAndAwait();
        connection
                .query("INSERT INTO events.event(node,type,action,actor_id,attributes,time_nano) VALUES ('n','" + run
                        + "','slow','a','{}'," + Event.nanos(Instant.now()) + ")")
                .executeAndAwait();

        // When a younger one commits first
        write(run, "fast", 1).await().atMost(PATIENCE);
        slow.commitAndAwait();
        connection.closeAndAwait();

        // Then both come, the older first
        assertThat(reader.awaitItems(2, PATIENCE).cancel().getItems())
                .extracting(Event::action)
                .containsExactly("slow", "0");
    }

    @Test
    void shouldGoOnBehindACursorWhenAskedTo() {
        // Given
        String run = UUID.randomUUID().toString();
        long since = Event.nanos(Instant.now());
        write(run, "writer", 600).await().atMost(PATIENCE);
        List<RecordedEvent> first = feed.followRecorded(EventQuery.between(since, null))
                .filter(event -> event.event().type().equals(run))
                .select()
                .first(300)
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);

        // When
        List<Event> rest = feed.follow(EventQuery.after(first.getLast().cursor()))
                .filter(event -> event.type().equals(run))
                .select()
                .first(300)
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);

        // Then
        assertThat(rest).extracting(Event::action).startsWith("300").endsWith("599");
    }

    @Test
    void shouldSkipThePastAndEndWhenLiveWithAnEnd() {
        // Given an event before the subscription
        String run = UUID.randomUUID().toString();
        write(run, "before", 1).await().atMost(PATIENCE);
        long until = Event.nanos(Instant.now().plusMillis(1500));
        var reader = feed.follow(EventQuery.between(null, until))
                .filter(event -> event.type().equals(run))
                .subscribe()
                .withSubscriber(AssertSubscriber.<Event>create(Long.MAX_VALUE));
        pool.query("SELECT pg_sleep(0.3)").executeAndAwait();

        // When one comes later
        write(run, "after", 1).await().atMost(PATIENCE);

        // Then it alone is delivered, and the stream ends in time
        reader.awaitCompletion(PATIENCE);
        assertThat(reader.getItems()).extracting(Event::actorId).containsExactly("after");
    }

    @Test
    void shouldLeaveNoEventBehindWhenTheTransactionFails() {
        // Given
        String run = UUID.randomUUID().toString();
        long since = Event.nanos(Instant.now());

        // When
        Uni<Void> failing = transactions.inTransaction(session -> log.append(session, event(run, "lost", 0))
                .chain(() -> Uni.createFrom().failure(new IllegalStateException("no"))));
        assertThatThrownBy(() -> failing.await().atMost(PATIENCE)).hasMessage("no");

        // Then
        assertThat(feed.follow(EventQuery.between(since, Event.nanos(Instant.now())))
                        .filter(event -> event.type().equals(run))
                        .collect()
                        .asList()
                        .await()
                        .atMost(PATIENCE))
                .isEmpty();
    }

    @Test
    void shouldForgetWhenEventsAreOld() {
        // Given an event of long ago
        String run = UUID.randomUUID().toString();
        var old = new Event("n", run, "old", "a", Map.of(), 1);
        transactions
                .inStatelessTransaction(session -> log.append(session, old))
                .await()
                .atMost(PATIENCE);

        // When
        assertThat(retention.forget(Instant.now()).await().atMost(PATIENCE)).isNotNull();

        // Then
        assertThat(feed.follow(EventQuery.between(0L, 2L))
                        .collect()
                        .asList()
                        .await()
                        .atMost(PATIENCE))
                .isEmpty();
    }

    private Uni<Void> write(String run, String actor, int events) {
        return transactions.inStatelessTransaction(session -> Multi.createFrom()
                .range(0, events)
                .onItem()
                .transformToUniAndConcatenate(number -> log.append(session, event(run, actor, number)))
                .collect()
                .asList()
                .replaceWithVoid());
    }

    private static Event event(String run, String actor, int number) {
        return Event.now("node", run, Integer.toString(number), actor, Map.of("name", "x \"y\"", "image", "busybox"));
    }
}
