package io.caisson.container.store;

import io.caisson.container.api.ExecConfig;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import org.jspecify.annotations.Nullable;

/** A process added to a container. */
@Entity
@DynamicUpdate
@Table(schema = "container", name = "exec")
class ExecRow {
    @Id
    String id = "";

    String container = "";
    String node = "";
    Instant created = Instant.EPOCH;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    @Nullable
    ExecConfig config;

    String status = "";

    @Column(name = "exit_code")
    int exitCode;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    @Version
    long version;
}
