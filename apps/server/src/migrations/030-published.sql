-- What the public may read. The portal's role sees these and nothing else; every column here is public by decision.

CREATE TABLE published.decision (
  disclosure_id uuid PRIMARY KEY,
  agency_id     text NOT NULL,
  event_id      uuid NOT NULL,
  decision_no   text NOT NULL,
  agency        text NOT NULL,
  party         text NOT NULL,
  party_kind    text NOT NULL CHECK (party_kind IN ('person', 'sole-trader', 'organisation')),
  violation     text NOT NULL,
  penalty       text NOT NULL,
  basis         text NOT NULL,
  decided_on    date NOT NULL,
  published_at  timestamptz NOT NULL
);
COMMENT ON TABLE published.decision IS 'Projection: summaries of decisions that are published now. A withdrawn one has no row.';
COMMENT ON COLUMN published.decision.party IS 'Masked where the party is a natural person (packages/domain/src/disclosure).';
CREATE INDEX decision_newest ON published.decision (published_at DESC, disclosure_id DESC);

ALTER TABLE published.decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE published.decision FORCE ROW LEVEL SECURITY;
CREATE POLICY by_agency ON published.decision TO liuhen_app USING (agency_id = ANY ((SELECT app.agencies())::text[]));
CREATE POLICY owner_all ON published.decision TO liuhen_owner USING (true);
CREATE POLICY everybody ON published.decision FOR SELECT TO liuhen_portal USING (true);

-- A view reads with its owner's rights: the leaf, salt and public compartment of what is published now, of nothing else.
CREATE VIEW published.decision_proof AS
  SELECT d.disclosure_id, e.entry, p.salt, p.bytes AS payload, l.leaf_index
  FROM published.decision d
  JOIN record.event e ON e.event_id = d.event_id AND e.type = 'DisclosurePublished'
  JOIN record.payload p ON p.event_id = d.event_id AND p.part = 'public'
  LEFT JOIN log.leaf l ON l.position = e.position;
COMMENT ON VIEW published.decision_proof IS 'What a reader needs to check a published summary against the log.';

CREATE VIEW published.installation AS
  SELECT i.kind, c.at AS simulated_at
  FROM app.installation i LEFT JOIN app.demonstration_clock c ON c.one;
COMMENT ON VIEW published.installation IS 'Whether this is a demonstration; then every page says so.';
