package io.caisson.container.store;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.ContainerHealth;
import io.caisson.container.api.HostConfig;
import io.caisson.network.api.EndpointRequest;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import org.jspecify.annotations.Nullable;

/** A container. Documents are never changed in place, so nothing has to be compared or copied to find changes. */
@Entity
@DynamicUpdate
@Table(schema = "container", name = "container")
class ContainerRow {
    @Id
    String id = "";

    String name = "";
    String node = "";
    Instant created = Instant.EPOCH;

    @Column(name = "image_id")
    String imageId = "";

    @Column(name = "image_name")
    String imageName = "";

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    @Nullable
    ContainerConfig config;

    @Column(name = "host_config")
    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    @Nullable
    HostConfig hostConfig;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    Map<String, String> labels = Map.of();

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    MountList mounts = MountList.NONE;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    Map<String, EndpointRequest> networks = Map.of();

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    Connections connections = Connections.NONE;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    @Nullable
    ContainerHealth health;

    String status = "";
    boolean starting;
    int pid;

    @Column(name = "exit_code")
    int exitCode;

    @Column(name = "oom_killed")
    boolean oomKilled;

    String error = "";

    @Column(name = "started_at")
    @Nullable
    Instant startedAt;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    long ends;

    @Column(name = "restart_count")
    int restartCount;

    @Column(name = "restart_pause")
    long restartPause;

    @Column(name = "stopped_by_user")
    boolean stoppedByUser;

    @Version
    long version;
}
