-- A network that containers can be attached to. Subnet and gateway are null for drivers without addresses.
CREATE TABLE network (
    id          text        PRIMARY KEY,
    name        text        NOT NULL UNIQUE,
    node        text        NOT NULL,
    driver      text        NOT NULL,
    created     timestamptz NOT NULL,
    internal    boolean     NOT NULL,
    attachable  boolean     NOT NULL,
    predefined  boolean     NOT NULL,
    bridge      text,
    subnet      text,
    gateway     text,
    ip_range    text,
    mtu         integer     NOT NULL,
    options     jsonb       NOT NULL,
    labels      jsonb       NOT NULL
);

-- A container's connection to a network, from its start until it has ended. The address is an unsigned 32-bit number.
CREATE TABLE endpoint (
    id             text        PRIMARY KEY,
    network_id     text        NOT NULL REFERENCES network (id),
    node           text        NOT NULL,
    container_id   text        NOT NULL,
    container_name text        NOT NULL,
    address        bigint,
    mac_address    text,
    request        jsonb       NOT NULL,
    created        timestamptz NOT NULL,
    UNIQUE (network_id, address),
    UNIQUE (network_id, container_id)
);

CREATE INDEX endpoint_container ON endpoint (container_id);
