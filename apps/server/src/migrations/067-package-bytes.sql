-- Every tar that was about to be kept for a package, also of attempts that came to nothing: it goes with the case file.

CREATE TABLE app.package_bytes (
  package_id text NOT NULL,
  sha256     text NOT NULL,
  agency_id  text NOT NULL,
  case_id    text NOT NULL,
  PRIMARY KEY (package_id, sha256)
);
COMMENT ON TABLE app.package_bytes IS 'What was about to be kept for a package, told before a store has it; goes with the case file.';
CREATE INDEX package_bytes_by_case ON app.package_bytes (case_id);
CALL app.protect('app.package_bytes');

INSERT INTO app.package_bytes (package_id, sha256, agency_id, case_id)
  SELECT package_id, sha256, agency_id, case_id FROM app.package WHERE sha256 IS NOT NULL;
