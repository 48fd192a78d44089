-- Where the public can turn to: of an agency's particulars only its name, telephone and address.

CREATE VIEW published.agency AS
  SELECT a.name, a.profile ->> 'phone' AS phone, a.profile ->> 'address' AS address FROM app.agency a;
COMMENT ON VIEW published.agency IS 'Agencies of this installation, for the foot of every page and for reports of violations.';
