-- What the agency's administrators keep for fields in which sentences are written.

ALTER TABLE app.agency ADD COLUMN phrases jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN app.agency.phrases IS 'By document and field (document/field): the agency''s own phrases, in their order.';
