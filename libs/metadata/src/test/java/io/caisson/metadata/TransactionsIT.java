package io.caisson.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.kernel.Fault;
import io.caisson.testkit.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TransactionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Transactions transactions;

    @Inject
    Migrations migrations;

    @Inject
    EventLog log;

    @Inject
    Vertx vertx;

    @Test
    void shouldChangeNothingWhenMigratedAgain() throws Exception {
        // Given schemas migrated at the start; when
        migrations.migrate();

        // Then
        assertThat(count("SELECT count(*) FROM events.schema_history WHERE success"))
                .isPositive();
        assertThat(count("SELECT count(*) FROM events.schema_history WHERE version = '1'"))
                .isEqualTo(1);
    }

    @Test
    void shouldGiveEachCallItsOwnSessionWhenSeveralRunFromOneContext() throws Exception {
        // Given a plain event-loop context, not one that Quarkus prepared
        var result = new CompletableFuture<Long>();

        // When 40 calls run side by side there
        vertx.getOrCreateContext().runOnContext(_ -> Multi.createFrom()
                .range(0, 40)
                .onItem()
                .transformToUni(number -> transactions.inTransaction(
                        session -> log.append(session, Event.now("n", "parallel", "a" + number, "x", Map.of()))))
                .merge(8)
                .collect()
                .asList()
                .chain(() -> transactions.withSession(session -> session.createNativeQuery(
                                "SELECT count(*) FROM events.event WHERE type = 'parallel'", Long.class)
                        .getSingleResult()))
                .subscribe()
                .with(result::complete, result::completeExceptionally));

        // Then
        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(40L);
    }

    @Test
    void shouldComeBackToTheCallersContextWhenDone() throws Exception {
        // Given
        var result = new CompletableFuture<Boolean>();

        // When
        var context = vertx.getOrCreateContext();
        context.runOnContext(_ -> transactions
                .withStatelessSession(session -> Uni.createFrom().item(1))
                .subscribe()
                .with(_ -> result.complete(Vertx.currentContext() == context), result::completeExceptionally));

        // Then
        assertThat(result.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldFailWithConflictWhenAConstraintIsViolated() {
        // When
        var twice = transactions.inTransaction(session -> session.createNativeQuery(
                        "INSERT INTO events.schema_history SELECT * FROM events.schema_history")
                .executeUpdate());

        // Then
        assertThatThrownBy(() -> twice.await().atMost(PATIENCE))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.CONFLICT));
    }

    private long count(String query) {
        return transactions
                .withSession(
                        session -> session.createNativeQuery(query, Long.class).getSingleResult())
                .await()
                .atMost(PATIENCE);
    }
}
