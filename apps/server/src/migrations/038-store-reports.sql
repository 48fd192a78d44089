-- What the storage page shows of the runs over the stores.

CREATE TABLE app.store_report (
  event_id  uuid PRIMARY KEY,
  agency_id text NOT NULL,
  kind      text NOT NULL,
  verdict   text CHECK (verdict IN ('pass', 'fail', 'not-checked')),
  at        timestamptz NOT NULL,
  body      jsonb NOT NULL
);
COMMENT ON TABLE app.store_report IS 'Projection: scrubs, inventories, rehearsals and damages, each as its event says it.';
CREATE INDEX store_report_newest ON app.store_report (agency_id, kind, at DESC);
CALL app.protect('app.store_report');
