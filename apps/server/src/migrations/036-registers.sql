-- A register (台账) is a stream like a case, and no case: lists of cases leave it out.

ALTER TABLE app.case_row ADD COLUMN register boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN app.case_row.register IS 'A register that the agency keeps without a case.';
CREATE INDEX case_row_registers ON app.case_row (agency_id, procedure) WHERE register;
