package io.caisson.layerstore.store;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A volume. */
@Entity
@Table(schema = "layer_store", name = "volume")
public class VolumeRow {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    public String node = "";
    public String name = "";
    public String driver = "";
    public boolean anonymous;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> options = Map.of();

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> labels = Map.of();

    public Instant created = Instant.EPOCH;
}
