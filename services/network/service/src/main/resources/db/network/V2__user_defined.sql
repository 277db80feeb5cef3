-- What user-defined networks need besides: addresses kept for others, whether the user chose the subnet, whether the
-- network is on its way out, and the version of its table of names.
ALTER TABLE network
    ADD COLUMN auxiliary     jsonb   NOT NULL DEFAULT '{}',
    ADD COLUMN configured    boolean NOT NULL DEFAULT false,
    ADD COLUMN removing      boolean NOT NULL DEFAULT false,
    ADD COLUMN names_version bigint  NOT NULL DEFAULT 0;

-- The interface's name in the container, and a name others may find it by.
ALTER TABLE endpoint
    ADD COLUMN interface_name text,
    ADD COLUMN hostname       text;
