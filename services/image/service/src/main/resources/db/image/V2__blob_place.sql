CREATE TABLE blob_place (
    registry   text        NOT NULL,
    repository text        NOT NULL,
    digest     text        NOT NULL,
    seen       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (registry, digest, repository)
);
COMMENT ON TABLE blob_place IS 'Where registries have blobs, as pulls and pushes saw it: a push mounts them from there.';
COMMENT ON COLUMN blob_place.repository IS 'Without its registry: library/busybox.';
CREATE INDEX blob_place_seen ON blob_place (seen);
