-- Who has a volume, asked whenever a container with anonymous volumes goes; most containers have none.
CREATE INDEX container_mounts ON container USING gin (mounts jsonb_path_ops) WHERE mounts <> '{"mounts": []}';
