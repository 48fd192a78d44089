-- tus concatenation: a sender may bring the parts of one file side by side and have them joined.
ALTER TABLE app.upload
  ADD COLUMN kind text NOT NULL DEFAULT 'whole' CHECK (kind IN ('whole', 'partial', 'final')),
  ADD COLUMN part_of uuid REFERENCES app.upload (id),
  ADD COLUMN part_number integer CHECK (part_number >= 0),
  ALTER COLUMN target_id DROP NOT NULL,
  DROP CONSTRAINT upload_state_check,
  ADD CONSTRAINT upload_state_check CHECK (state IN
    ('receiving', 'held', 'joined', 'received', 'finished', 'rejected', 'failed', 'terminated', 'expired')),
  ADD CONSTRAINT upload_target_check CHECK ((kind = 'partial') = (target_id IS NULL)),
  ADD CONSTRAINT upload_part_check CHECK (
    (kind = 'partial' OR (part_of IS NULL AND state NOT IN ('held', 'joined')))
    AND (kind <> 'partial' OR state NOT IN ('received', 'finished', 'rejected'))
    AND (part_of IS NULL) = (part_number IS NULL));
CREATE UNIQUE INDEX upload_part ON app.upload (part_of, part_number) WHERE part_of IS NOT NULL;
CREATE INDEX upload_open_part ON app.upload (user_id) WHERE kind = 'partial' AND state IN ('receiving', 'held');
COMMENT ON TABLE app.upload IS
  'receiving: bytes are coming · received: all are here and durable · finished: read back, stored, recorded · rejected: not the declared bytes, in quarantine · failed: the disk lost bytes · terminated, expired: given up before the end · partial ones only, which are for no target: held: whole, waits to be joined · joined: its bytes are in the final one';
