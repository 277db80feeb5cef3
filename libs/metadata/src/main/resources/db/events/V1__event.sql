-- The events of the whole platform, written in the transaction of the change that they tell of.
CREATE TABLE event (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- The transaction that wrote it: readers follow (tx, id) below the oldest transaction still open, so that no event
    -- can appear behind them.
    tx         xid8   NOT NULL DEFAULT pg_current_xact_id(),
    node       text   NOT NULL,
    type       text   NOT NULL,
    action     text   NOT NULL,
    actor_id   text   NOT NULL,
    attributes jsonb  NOT NULL,
    time_nano  bigint NOT NULL
);

CREATE UNIQUE INDEX event_order ON event (tx, id);
CREATE INDEX event_time ON event (time_nano);

COMMENT ON TABLE event IS 'What happened: durable, in commit order by (tx, id).';
