CREATE TABLE manifest (
    digest     text PRIMARY KEY,
    media_type text  NOT NULL,
    content    bytea NOT NULL
);
COMMENT ON TABLE manifest IS 'Manifests and indexes as registries sent them, byte for byte.';

CREATE TABLE image (
    key         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node        text        NOT NULL,
    id          text        NOT NULL,
    manifest    text REFERENCES manifest,
    config      bytea       NOT NULL,
    layers      jsonb       NOT NULL,
    diff_ids    text[]      NOT NULL,
    size        bigint      NOT NULL,
    created     timestamptz NOT NULL,
    last_tagged timestamptz,
    UNIQUE (node, id)
);
COMMENT ON TABLE image IS 'Images that are whole on a node. The id is the digest of the config.';
COMMENT ON COLUMN image.layers IS 'Base first: diffId, kept blob, bytes unpacked.';
CREATE INDEX image_id ON image (id text_pattern_ops);
CREATE INDEX image_layers ON image USING gin (diff_ids);
CREATE INDEX image_manifest ON image (manifest);

CREATE TABLE name (
    key        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node       text   NOT NULL,
    repository text   NOT NULL,
    reference  text   NOT NULL,
    image      bigint NOT NULL REFERENCES image ON DELETE CASCADE,
    UNIQUE (node, repository, reference)
);
COMMENT ON TABLE name IS 'What images are called: a tag, or the digest that a registry knows them by.';
COMMENT ON COLUMN name.repository IS 'With its registry: docker.io/library/busybox.';
COMMENT ON COLUMN name.reference IS 'A tag, or a digest of a manifest or index.';
CREATE INDEX name_image ON name (image);
CREATE INDEX name_reference ON name (repository, reference);

CREATE TABLE leftover (
    node    text        NOT NULL,
    diff_id text        NOT NULL,
    since   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (node, diff_id)
);
COMMENT ON TABLE leftover IS 'Layers that may have no image: to be deleted unless one has come to need them.';
