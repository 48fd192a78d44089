-- Cases, their duties and the opinions they wait for: recomputed from the case's events in the transaction of each event.

CREATE TABLE app.case_row (
  case_id        text PRIMARY KEY,
  agency_id      text NOT NULL,
  lead_no        text NOT NULL,
  case_no        text,
  title          text NOT NULL,
  party          text,
  procedure      text NOT NULL,
  procedure_name text NOT NULL,
  stage          text NOT NULL,
  stage_name     text NOT NULL,
  status         text NOT NULL CHECK (status IN ('open', 'closed', 'archived')),
  handlers       text[] NOT NULL,
  handler_ids    text[] NOT NULL,
  registered_by  text NOT NULL,
  opened_at      timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  version        integer NOT NULL
);
COMMENT ON TABLE app.case_row IS 'Projection: one row a case, for lists.';
CREATE INDEX case_row_newest ON app.case_row (agency_id, updated_at DESC, case_id DESC);
CREATE INDEX case_row_by_handler ON app.case_row USING gin (handler_ids);

CREATE TABLE app.duty_row (
  case_id   text NOT NULL REFERENCES app.case_row (case_id) ON DELETE CASCADE,
  duty_id   text NOT NULL,
  agency_id text NOT NULL,
  owed      boolean NOT NULL,
  due       timestamptz,
  duty      jsonb NOT NULL,
  PRIMARY KEY (case_id, duty_id)
);
COMMENT ON TABLE app.duty_row IS 'Projection: duties as they stood at the case''s last event. What is overdue now is told by comparing due with the clock.';
CREATE INDEX duty_row_owed ON app.duty_row (agency_id, due) WHERE owed;

CREATE TABLE app.approval_row (
  document_id   text PRIMARY KEY,
  case_id       text NOT NULL REFERENCES app.case_row (case_id) ON DELETE CASCADE,
  agency_id     text NOT NULL,
  type          text NOT NULL,
  name          text NOT NULL,
  rank          text NOT NULL,
  submitted_at  timestamptz NOT NULL,
  submitted_by  jsonb NOT NULL
);
COMMENT ON TABLE app.approval_row IS 'Projection: documents that wait for an opinion, and of which rank.';
CREATE INDEX approval_row_by_rank ON app.approval_row (agency_id, rank, submitted_at);
CREATE INDEX approval_row_by_case ON app.approval_row (case_id);

CALL app.protect('app.case_row');
CALL app.protect('app.duty_row');
CALL app.protect('app.approval_row');
