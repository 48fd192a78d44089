-- Who decides in the place of a head who is away, from which day to which.

CREATE TABLE app.stand_in (
  delegation_id text PRIMARY KEY,
  agency_id     text NOT NULL,
  person_id     text NOT NULL,
  delegate_id   text NOT NULL,
  ranks         text[] NOT NULL CHECK (cardinality(ranks) > 0),
  from_day      date NOT NULL,
  to_day        date NOT NULL CHECK (to_day >= from_day),
  reason        text NOT NULL,
  named_by      text NOT NULL,
  named_at      timestamptz NOT NULL,
  ended_at      timestamptz,
  ended_by      text,
  end_reason    text
);
COMMENT ON TABLE app.stand_in IS 'Projection of person streams: who approves in the place of a head who is away; ended_at where it was taken back before its last day.';
CREATE INDEX stand_in_by_delegate ON app.stand_in (agency_id, delegate_id, to_day);
CALL app.protect('app.stand_in');

ALTER TABLE app.approval_row ADD COLUMN approved_by text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN app.approval_row.approved_by IS 'Who above the handler has already approved the paper: nobody decides on it a second time in another''s place.';
