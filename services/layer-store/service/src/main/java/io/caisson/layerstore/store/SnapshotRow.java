package io.caisson.layerstore.store;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A read-write snapshot. */
@Entity
@Table(schema = "layer_store", name = "snapshot")
public class SnapshotRow {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    public String node = "";
    public String name = "";

    @JdbcTypeCode(SqlTypes.JSON)
    public SnapshotLayers layers = new SnapshotLayers(List.of());

    public String link = "";
    public Instant created = Instant.EPOCH;
}
