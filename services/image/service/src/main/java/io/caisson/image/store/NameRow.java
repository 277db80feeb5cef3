package io.caisson.image.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A name of an image on a node. */
@Entity
@Table(schema = "image", name = "name")
class NameRow {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long key;

    @Column(nullable = false)
    String node = "";

    @Column(nullable = false)
    String repository = "";

    @Column(nullable = false)
    String reference = "";

    @Column(nullable = false)
    long image;
}
