-- Batches of lawful disposal, and bytes that are gone because of them.

CREATE TABLE app.disposal_row (
  batch_id    text PRIMARY KEY,
  agency_id   text NOT NULL,
  version     integer NOT NULL,
  number      text NOT NULL,
  status      text NOT NULL,
  proposed_at timestamptz NOT NULL,
  cools_until timestamptz,
  state       jsonb NOT NULL
);
COMMENT ON TABLE app.disposal_row IS 'Projection: one row a batch; state is the fold of its stream.';
CREATE INDEX disposal_row_newest ON app.disposal_row (agency_id, proposed_at DESC);

CREATE TABLE app.disposal_item (
  batch_id     text NOT NULL,
  recording_id text NOT NULL,
  agency_id    text NOT NULL,
  sha256       text NOT NULL,
  running      boolean NOT NULL,
  released_at  timestamptz,
  PRIMARY KEY (batch_id, recording_id)
);
COMMENT ON TABLE app.disposal_item IS 'Projection: what a batch is about. running: no other batch may take it. released_at: let go in the record, its bytes may be removed.';
CREATE INDEX disposal_item_running ON app.disposal_item (recording_id) WHERE running;
CREATE INDEX disposal_item_released ON app.disposal_item (sha256) WHERE released_at IS NOT NULL;
CALL app.protect('app.disposal_row');
CALL app.protect('app.disposal_item');

-- The row stays as a tombstone: no pass copies, reads or misses what was destroyed according to law.
ALTER TABLE app.blob DROP CONSTRAINT blob_state_check;
ALTER TABLE app.blob ADD CONSTRAINT blob_state_check
  CHECK (state IN ('receiving', 'sealed', 'verified', 'quarantined', 'discarded', 'destroyed'));
COMMENT ON COLUMN app.blob.state IS 'destroyed: removed by a batch of disposal, named in note; the same bytes may come again in a row of their own.';

CREATE TABLE app.blob_locked (
  sha256   text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  store    text NOT NULL CHECK (store IN ('first', 'second')),
  batch_id text NOT NULL,
  until    timestamptz NOT NULL,
  PRIMARY KEY (sha256, store)
);
COMMENT ON TABLE app.blob_locked IS 'Copies of destroyed bytes that a store keeps from everybody until a day; removed then.';

-- A wall behind the code: without an item that was let go in the record no blob becomes destroyed, and none comes back.
CREATE FUNCTION app.refuse_unlawful_destruction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF OLD.state = 'destroyed' THEN
    RAISE EXCEPTION 'a destroyed blob stays destroyed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.state <> 'verified' OR NOT EXISTS (
    SELECT FROM app.disposal_item i WHERE i.released_at IS NOT NULL AND (i.sha256 = OLD.sha256 OR EXISTS (
      SELECT FROM app.recording_poster p WHERE p.recording_id = i.recording_id AND p.sha256 = OLD.sha256)))
  THEN
    RAISE EXCEPTION 'no disposal let go of blob %', OLD.sha256 USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_lawfully BEFORE UPDATE ON app.blob FOR EACH ROW
  WHEN (OLD.state = 'destroyed' OR NEW.state = 'destroyed')
  EXECUTE FUNCTION app.refuse_unlawful_destruction();
CREATE FUNCTION app.refuse_forgetting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was destroyed is not forgotten' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER not_forgotten BEFORE DELETE ON app.blob FOR EACH ROW
  WHEN (OLD.state = 'destroyed') EXECUTE FUNCTION app.refuse_forgetting();
