-- Time stamps over checkpoints (RFC 3161, docs/design/036): each proves itself, so whoever may write here cannot forge one.

CREATE TABLE log.anchor (
  size        bigint PRIMARY KEY,
  token       bytea NOT NULL,
  stamped_at  timestamptz NOT NULL,
  authority   text NOT NULL,
  certificate text NOT NULL CHECK (certificate ~ '^[0-9a-f]{64}$')
);
COMMENT ON TABLE log.anchor IS 'Tokens over the text of checkpoints; authority and certificate name who stamped.';
CALL record.only_add('log.anchor');
GRANT SELECT, INSERT ON log.anchor TO liuhen_app;
