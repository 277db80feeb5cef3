package io.caisson.image.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A manifest or index, byte for byte. */
@Entity
@Table(schema = "image", name = "manifest")
class ManifestRow {
    @Id
    String digest = "";

    @Column(name = "media_type", nullable = false)
    String mediaType = "";

    @Column(nullable = false)
    byte[] content = {};
}
