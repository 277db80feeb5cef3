-- A process that is, or was, added to a running container; some minutes longer than it runs.
CREATE TABLE exec (
    id          text        PRIMARY KEY,
    container   text        NOT NULL REFERENCES container (id) ON DELETE CASCADE,
    node        text        NOT NULL,
    created     timestamptz NOT NULL,
    -- Docker's ExecConfig; component names in camel case.
    config      jsonb       NOT NULL,
    -- created, started or ended.
    status      text        NOT NULL,
    exit_code   integer     NOT NULL,
    finished_at timestamptz,
    version     bigint      NOT NULL
);

CREATE INDEX exec_container ON exec (container);
CREATE INDEX exec_started ON exec (node) WHERE status = 'started';
