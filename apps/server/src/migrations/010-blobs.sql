-- Every byte on disk is owned by exactly one row, in exactly one state.
CREATE TABLE app.blob (
  id uuid PRIMARY KEY,
  origin text NOT NULL CHECK (origin IN ('upload', 'put')),
  state text NOT NULL CHECK (state IN ('receiving', 'sealed', 'verified', 'quarantined', 'discarded')),
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  sm3 text CHECK (sm3 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint CHECK (size_bytes >= 0),
  mime text NOT NULL,
  chunk_root text,
  note text,
  created_at timestamptz NOT NULL DEFAULT now(),
  settled_at timestamptz,
  CHECK (state IN ('receiving', 'discarded') OR (sha256 IS NOT NULL AND size_bytes IS NOT NULL))
);
CREATE UNIQUE INDEX blob_verified ON app.blob (sha256) WHERE state = 'verified';
CREATE INDEX blob_unsettled ON app.blob (created_at) WHERE state IN ('receiving', 'sealed');
COMMENT ON TABLE app.blob IS
  'origin: who finishes it after a crash. receiving: file receiving/<id> · sealed: fsynced and digested, on its way under its digest · verified: file sha256/ab/cd/<hex> · quarantined: file quarantine/<id>, kept and never used · discarded: no file';

-- An upload in progress (tus 1.0). The offset of record is here, never the length of a file.
CREATE TABLE app.upload (
  id uuid PRIMARY KEY REFERENCES app.blob (id),
  agency_id text NOT NULL,
  user_id text NOT NULL,
  target_id text NOT NULL,
  metadata text NOT NULL DEFAULT '',
  length_bytes bigint NOT NULL CHECK (length_bytes > 0),
  received_bytes bigint NOT NULL DEFAULT 0 CHECK (received_bytes BETWEEN 0 AND length_bytes),
  declared_sha256 text,
  state text NOT NULL CHECK (state IN ('receiving', 'received', 'finished', 'rejected', 'failed', 'terminated', 'expired')),
  every_chunk_checked boolean NOT NULL DEFAULT true,
  note text,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX upload_unfinished ON app.upload (expires_at) WHERE state IN ('receiving', 'received');
CREATE INDEX upload_target ON app.upload (target_id);
COMMENT ON TABLE app.upload IS
  'receiving: bytes are coming · received: all are here and durable · finished: read back, stored, recorded · rejected: not the declared bytes, in quarantine · failed: the disk lost bytes · terminated, expired: given up before the end';

CREATE TABLE app.upload_chunk (
  upload_id uuid NOT NULL REFERENCES app.upload (id),
  start_byte bigint NOT NULL,
  length_bytes integer NOT NULL,
  sha256 text NOT NULL,
  PRIMARY KEY (upload_id, start_byte)
);
COMMENT ON TABLE app.upload_chunk IS 'Chunks whose checksum the sender gave: a repeated one is answered, not written again';

CALL app.protect('app.upload');
