-- Who outside has seen a checkpoint (docs/design/036): lines of witnesses, as they stand under it.

CREATE TABLE log.cosignature (
  size        bigint NOT NULL,
  witness     text NOT NULL,
  line        text NOT NULL CHECK (line LIKE '— %' AND right(line, 1) = E'\n'),
  cosigned_at timestamptz NOT NULL,
  PRIMARY KEY (size, witness)
);
COMMENT ON TABLE log.cosignature IS 'Signature lines of witnesses under a checkpoint; witness is the name of the key.';
CALL record.only_add('log.cosignature');
GRANT SELECT ON log.cosignature TO liuhen_app;
GRANT SELECT, INSERT ON log.cosignature TO liuhen_sequencer;

CREATE VIEW log.published AS
  SELECT k.size, k.root, k.signed_at,
         k.note || coalesce((SELECT string_agg(c.line, '' ORDER BY c.witness)
                               FROM log.cosignature c WHERE c.size = k.size), '') AS note
    FROM log.checkpoint k;
COMMENT ON VIEW log.published IS 'Checkpoints as readers get them: the log''s signature, then those of the witnesses.';
GRANT SELECT ON log.published TO liuhen_app, liuhen_sequencer;
