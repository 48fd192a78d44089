-- What each witness answered, whenever that changed: a refusal is known to everybody who asks for the state of the log.

CREATE TABLE log.witness_answer (
  witness     text NOT NULL,
  answered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  size        bigint NOT NULL,
  status      integer NOT NULL,
  why         text NOT NULL,
  PRIMARY KEY (witness, answered_at)
);
COMMENT ON TABLE log.witness_answer IS 'Changes in the answers of witnesses: 200 cosigned, 422 the log does not hold what they signed before. The last one counts.';
CALL record.only_add('log.witness_answer');
GRANT SELECT ON log.witness_answer TO liuhen_app;
GRANT SELECT, INSERT ON log.witness_answer TO liuhen_sequencer;
