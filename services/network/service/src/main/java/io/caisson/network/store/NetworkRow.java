package io.caisson.network.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A network. */
@Entity
@Table(schema = "network", name = "network")
public class NetworkRow {
    @Id
    public String id = "";

    public String name = "";
    public String node = "";
    public String driver = "";
    public Instant created = Instant.EPOCH;
    public boolean internal;
    public boolean attachable;
    public boolean predefined;
    public @Nullable String bridge;
    public @Nullable String subnet;
    public @Nullable String gateway;

    @Column(name = "ip_range")
    public @Nullable String ipRange;

    public int mtu;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> options = Map.of();

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> labels = Map.of();

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> auxiliary = Map.of();

    /** The user chose the subnet. */
    public boolean configured;

    /** It is on its way out: nobody finds it any more. */
    public boolean removing;

    /** Changed by statements only: see {@link NetworkRows#renewNames}. */
    @Column(name = "names_version", updatable = false)
    public long namesVersion;
}
