package io.caisson.layerstore.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A layer that a node has. */
@Entity
@Table(schema = "layer_store", name = "layer")
public class LayerRow {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    public String node = "";

    @Column(name = "diff_id")
    public String diffId = "";

    @Column(name = "blob_digest")
    public String blobDigest = "";

    @Column(name = "media_type")
    public String mediaType = "";

    @Column(name = "blob_size")
    public long blobSize;

    @Column(name = "unpacked_size")
    public long unpackedSize;

    /** What a layer that is kept plain was when it was compressed for a push. */
    @Column(name = "gzip_digest")
    public @Nullable String gzipDigest;

    @Column(name = "gzip_size")
    public @Nullable Long gzipSize;

    public String link = "";

    @Column(name = "root_uid")
    public @Nullable Integer rootUid;

    @Column(name = "root_gid")
    public @Nullable Integer rootGid;

    @Column(name = "root_mode")
    public @Nullable Integer rootMode;

    @Column(name = "opaque_root")
    public boolean opaqueRoot;

    public Instant created = Instant.EPOCH;
}
