-- What the health check says: status, failing streak and the last probes; null without one.
ALTER TABLE container ADD COLUMN health jsonb;
