-- The desk reads the nearest duties of a whole agency in the order in which it shows them: no sorting of all that is owed.

DROP INDEX app.duty_row_owed;
CREATE INDEX duty_row_owed ON app.duty_row (agency_id, due, case_id, duty_id) WHERE owed;
