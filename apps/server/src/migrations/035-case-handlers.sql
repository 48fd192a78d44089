-- Whose cases are which, by an index: inside an array row-level security lets no index find a person.

CREATE TABLE app.case_handler (
  person_id text NOT NULL,
  case_id   text NOT NULL REFERENCES app.case_row (case_id) ON DELETE CASCADE,
  agency_id text NOT NULL,
  PRIMARY KEY (person_id, case_id)
);
COMMENT ON TABLE app.case_handler IS 'Projection: handlers of each case, one row each.';
CREATE INDEX case_handler_by_case ON app.case_handler (case_id);
CALL app.protect('app.case_handler');

INSERT INTO app.case_handler SELECT DISTINCT unnest(handler_ids), case_id, agency_id FROM app.case_row;

CREATE INDEX case_row_by_registrar ON app.case_row (registered_by);
CREATE INDEX case_row_unassigned ON app.case_row (agency_id) WHERE handler_ids = '{}';
