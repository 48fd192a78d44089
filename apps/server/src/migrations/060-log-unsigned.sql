-- Since when the oldest event waits that has an index and no signed checkpoint over it: the maximum merge delay is a promise
-- about the checkpoint, not about the index.

ALTER TABLE log.state ADD COLUMN unsigned_since timestamptz;
COMMENT ON COLUMN log.state.unsigned_since IS 'When the oldest event without a checkpoint over it was written; null when there is none.';
