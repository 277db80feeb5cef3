-- What each node has unpacked. A row exists only when its files do: content first, name last.
CREATE TABLE layer (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node          text        NOT NULL,
    diff_id       text        NOT NULL,
    -- The transferred form, kept for push and save.
    blob_digest   text        NOT NULL,
    media_type    text        NOT NULL,
    blob_size     bigint      NOT NULL,
    unpacked_size bigint      NOT NULL,
    -- Short name of the folder, so that many layers fit into the options of one mount.
    link          text        NOT NULL,
    -- Owner and mode of the root folder, where the layer's tar names them.
    root_uid      integer,
    root_gid      integer,
    root_mode     integer,
    opaque_root   boolean     NOT NULL,
    created       timestamptz NOT NULL,
    UNIQUE (node, diff_id),
    UNIQUE (node, link)
);

-- Read-write folders over layers: a container's root file system.
CREATE TABLE snapshot (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node    text        NOT NULL,
    name    text        NOT NULL,
    -- {"diffIds": […]}, base first.
    layers  jsonb       NOT NULL,
    link    text        NOT NULL,
    created timestamptz NOT NULL,
    UNIQUE (node, name)
);

CREATE TABLE volume (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node      text        NOT NULL,
    name      text        NOT NULL,
    driver    text        NOT NULL,
    anonymous boolean     NOT NULL,
    options   jsonb       NOT NULL,
    labels    jsonb       NOT NULL,
    created   timestamptz NOT NULL,
    UNIQUE (node, name)
);

COMMENT ON TABLE layer IS 'Layers that a node has unpacked, by diffId.';
COMMENT ON TABLE snapshot IS 'Read-write snapshots over layers, one per container.';
COMMENT ON TABLE volume IS 'Volumes of the local driver.';
