-- A container, from its creation until it is removed.
CREATE TABLE container (
    id              text        PRIMARY KEY,
    name            text        NOT NULL CONSTRAINT container_name UNIQUE,
    node            text        NOT NULL,
    created         timestamptz NOT NULL,
    image_id        text        NOT NULL,
    image_name      text        NOT NULL,
    -- Docker's Config, merged with the image's, and HostConfig; component names in camel case.
    config          jsonb       NOT NULL,
    host_config     jsonb       NOT NULL,
    labels          jsonb       NOT NULL,
    mounts          jsonb       NOT NULL,
    networks        jsonb       NOT NULL,
    -- What the network service gave it for this run.
    connections     jsonb       NOT NULL,
    -- created, running, paused, restarting, removing, exited or dead; while it is starting, what it was before.
    status          text        NOT NULL,
    starting        boolean     NOT NULL,
    pid             integer     NOT NULL,
    exit_code       integer     NOT NULL,
    oom_killed      boolean     NOT NULL,
    error           text        NOT NULL,
    started_at      timestamptz,
    finished_at     timestamptz,
    -- Runs that have ended.
    ends            bigint      NOT NULL,
    restart_count   integer     NOT NULL,
    restart_pause   bigint      NOT NULL,
    stopped_by_user boolean     NOT NULL,
    version         bigint      NOT NULL
);

CREATE INDEX container_node ON container (node, status);
CREATE INDEX container_labels ON container USING gin (labels jsonb_path_ops);

COMMENT ON COLUMN container.restart_pause IS 'Milliseconds before the last restart by the policy.';
