-- Numbers that papers carry: one row each, never changed, so that a gap would show.

CREATE TABLE record.document_number (
  agency_id   text NOT NULL,
  word        text NOT NULL,
  year        integer NOT NULL,
  seq         integer NOT NULL CHECK (seq >= 1),
  number      text NOT NULL,
  stream_id   text NOT NULL,
  document_id text,
  void_reason text,
  at          timestamptz NOT NULL,
  PRIMARY KEY (agency_id, word, year, seq),
  CHECK (document_id IS NULL OR void_reason IS NULL)
);
COMMENT ON TABLE record.document_number IS 'Every number given out per agency, word and year: to a document, or void with its reason. Leads have a word of their own and no document.';
CREATE UNIQUE INDEX document_number_once ON record.document_number (agency_id, number);
CALL app.protect('record.document_number');
CALL record.only_add('record.document_number');
GRANT SELECT, INSERT ON record.document_number TO liuhen_app;
