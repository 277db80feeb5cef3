package io.caisson.image.store;

import io.caisson.layerstore.api.LayerInfos;
import jakarta.persistence.Column;
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

/** An image on a node; written by statements of its own, see {@link ImageWrites}. */
@Entity
@Table(schema = "image", name = "image")
class ImageRow {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long key;

    @Column(nullable = false)
    String node = "";

    @Column(nullable = false)
    String id = "";

    @Nullable
    String manifest;

    @Column(nullable = false)
    byte[] config = {};

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    LayerInfos layers = new LayerInfos(List.of());

    @Column(nullable = false)
    long size;

    @Column(nullable = false)
    Instant created = Instant.EPOCH;

    @Column(name = "last_tagged")
    @Nullable
    Instant lastTagged;
}
