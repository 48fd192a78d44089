-- What was published and taken back: its address says so, with the date and the reason (pen-48), and nothing of its content.

CREATE TABLE published.withdrawal (
  disclosure_id uuid PRIMARY KEY,
  agency_id     text NOT NULL,
  decision_no   text NOT NULL,
  agency        text NOT NULL,
  published_at  timestamptz NOT NULL,
  withdrawn_at  timestamptz NOT NULL,
  reason        text NOT NULL
);
COMMENT ON TABLE published.withdrawal IS 'Projection: publications that were taken back, with the masked reason that the public is told.';
COMMENT ON TABLE published.decision IS 'Projection: summaries of decisions that are published now. A withdrawn one has its row in published.withdrawal.';

ALTER TABLE published.withdrawal ENABLE ROW LEVEL SECURITY;
ALTER TABLE published.withdrawal FORCE ROW LEVEL SECURITY;
CREATE POLICY by_agency ON published.withdrawal TO liuhen_app USING (agency_id = ANY ((SELECT app.agencies())::text[]));
CREATE POLICY owner_all ON published.withdrawal TO liuhen_owner USING (true);
CREATE POLICY everybody ON published.withdrawal FOR SELECT TO liuhen_portal USING (true);
