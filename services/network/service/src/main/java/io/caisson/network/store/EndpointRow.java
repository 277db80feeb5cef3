package io.caisson.network.store;

import io.caisson.network.api.EndpointRequest;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A container's connection to a network. */
@Entity
@Table(schema = "network", name = "endpoint")
public class EndpointRow {
    @Id
    public String id = "";

    @Column(name = "network_id")
    public String networkId = "";

    public String node = "";

    @Column(name = "container_id")
    public String containerId = "";

    @Column(name = "container_name")
    public String containerName = "";

    public @Nullable Long address;

    @Column(name = "mac_address")
    public @Nullable String macAddress;

    @Column(name = "interface_name")
    public @Nullable String interfaceName;

    public @Nullable String hostname;

    @JdbcTypeCode(SqlTypes.JSON)
    public EndpointRequest request = EndpointRequest.none();

    public Instant created = Instant.EPOCH;
}
