-- Booklets of pre-numbered papers, and what became of every number.

CREATE TABLE app.booklet (
  booklet_id    text PRIMARY KEY,
  agency_id     text NOT NULL,
  type          text NOT NULL,
  word          text NOT NULL,
  year          integer NOT NULL,
  prefix        text NOT NULL,
  from_seq      integer NOT NULL CHECK (from_seq >= 1),
  to_seq        integer NOT NULL CHECK (to_seq >= from_seq),
  holder_id     text NOT NULL,
  holder_name   text NOT NULL,
  drawn_by      text NOT NULL,
  drawn_at      timestamptz NOT NULL,
  returned_at   timestamptz,
  returned_by   text,
  return_reason text
);
COMMENT ON TABLE app.booklet IS 'Projection of booklet streams: a range of numbers in the hands of one officer.';
CREATE INDEX booklet_by_holder ON app.booklet (agency_id, holder_id, word, year);

CREATE TABLE app.blank (
  agency_id   text NOT NULL,
  word        text NOT NULL,
  year        integer NOT NULL,
  seq         integer NOT NULL,
  booklet_id  text NOT NULL,
  number      text NOT NULL,
  state       text NOT NULL CHECK (state IN ('open', 'used', 'voided', 'returned')),
  why         text,
  note        text,
  at          timestamptz NOT NULL,
  by_name     text NOT NULL,
  PRIMARY KEY (agency_id, word, year, seq)
);
COMMENT ON TABLE app.blank IS 'Projection: each number of a booklet. used: a paper of a case bears it, by hand or printed.';
CREATE UNIQUE INDEX blank_number ON app.blank (agency_id, number);
CREATE INDEX blank_by_booklet ON app.blank (booklet_id, seq);

CREATE TABLE app.numbered_paper (
  document_id text PRIMARY KEY,
  agency_id   text NOT NULL,
  case_id     text NOT NULL,
  number      text NOT NULL,
  name        text NOT NULL,
  state       text NOT NULL CHECK (state IN ('used', 'voided', 'corrected', 'correction')),
  reason      text
);
COMMENT ON TABLE app.numbered_paper IS 'Projection of case streams: what became of a paper with a number, for the register of numbers.';
CREATE INDEX numbered_paper_by_case ON app.numbered_paper (case_id);

CALL app.protect('app.booklet');
CALL app.protect('app.blank');
CALL app.protect('app.numbered_paper');
