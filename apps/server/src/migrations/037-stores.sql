-- Where the bytes of each blob lie, and when each copy was last read back.

CREATE TABLE app.blob_store (
  store text PRIMARY KEY CHECK (store IN ('first', 'second')),
  id    uuid NOT NULL,
  place text NOT NULL,
  since timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE app.blob_store IS
  'The stores in use. id is repeated in the mark that lies in the store: a place without its mark is a store that is away, never an empty one.';

CREATE TABLE app.blob_copy (
  sha256      text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  store       text NOT NULL REFERENCES app.blob_store (store),
  state       text NOT NULL CHECK (state IN ('intact', 'altered', 'missing', 'unreadable')),
  verified_at timestamptz,
  PRIMARY KEY (sha256, store),
  CHECK (state <> 'intact' OR verified_at IS NOT NULL)
);
COMMENT ON TABLE app.blob_copy IS
  'What the last reading of a copy found; verified_at is when every byte of it was last read and had its digest, by the clock of the record. No row: never read back.';
CREATE INDEX blob_copy_oldest ON app.blob_copy (store, verified_at);

CREATE TABLE app.blob_fault (
  id          uuid PRIMARY KEY,
  sha256      text NOT NULL,
  store       text NOT NULL CHECK (store IN ('first', 'second')),
  found       text NOT NULL CHECK (found IN ('altered', 'missing', 'unreadable')),
  kept        boolean NOT NULL,
  found_at    timestamptz NOT NULL,
  repaired_at timestamptz
);
COMMENT ON TABLE app.blob_fault IS
  'Copies that were found wrong. kept: the bad file lies in that store as quarantine/<id>, and stays there.';
CREATE INDEX blob_fault_open ON app.blob_fault (sha256, store) WHERE repaired_at IS NULL;
REVOKE DELETE ON app.blob_fault FROM liuhen_app;
