-- A layer that is kept plain is compressed when it is pushed; the same bytes come out every time.
ALTER TABLE layer
    ADD COLUMN gzip_digest text,
    ADD COLUMN gzip_size   bigint;
COMMENT ON COLUMN layer.gzip_digest IS 'What a layer that is kept plain was when it was last compressed for a push.';
