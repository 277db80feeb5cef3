package io.caisson.metadata;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An event as it is written; the database adds the transaction. */
@Entity
@Immutable
@Table(schema = "events", name = "event")
class EventRow {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @Column(nullable = false)
    String node = "";

    @Column(nullable = false)
    String type = "";

    @Column(nullable = false)
    String action = "";

    @Column(name = "actor_id", nullable = false)
    String actorId = "";

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    Map<String, String> attributes = Map.of();

    @Column(name = "time_nano", nullable = false)
    long timeNano;

    static EventRow of(Event event) {
        var row = new EventRow();
        row.node = event.node();
        row.type = event.type();
        row.action = event.action();
        row.actorId = event.actorId();
        row.attributes = event.attributes();
        row.timeNano = event.timeNano();
        return row;
    }
}
