-- Who opened which paper.

CREATE TABLE record.document_access (
  access_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agency_id   text NOT NULL,
  at          timestamptz NOT NULL,
  actor       jsonb NOT NULL,
  stream_id   text NOT NULL,
  document_id text NOT NULL,
  sha256      text NOT NULL
);
COMMENT ON TABLE record.document_access IS 'Each opening of an archival PDF: who, when, which bytes.';
CREATE INDEX document_access_by_case ON record.document_access (stream_id, access_id);
CALL app.protect('record.document_access');
CALL record.only_add('record.document_access');
GRANT SELECT, INSERT ON record.document_access TO liuhen_app;
