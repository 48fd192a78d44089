-- Moving the second store to another place.

CREATE TABLE app.store_move (
  id         uuid PRIMARY KEY,
  agency_id  text NOT NULL,
  state      text NOT NULL CHECK (state IN ('copying', 'checked', 'approved', 'done', 'told', 'given-up')),
  from_id    uuid NOT NULL,
  from_place text NOT NULL,
  to_id      uuid,
  to_place   text NOT NULL,
  began_at   timestamptz NOT NULL DEFAULT now(),
  checked_at timestamptz
);
COMMENT ON TABLE app.store_move IS
  'Moves of the second store. done: the new one is in use, and from_id is a store that is retired and never used again; told: its retirement was marked and told.';
CREATE UNIQUE INDEX store_move_open ON app.store_move ((true)) WHERE state IN ('copying', 'checked', 'approved');
REVOKE DELETE ON app.store_move FROM liuhen_app;

CREATE TABLE app.move_copy (
  move_id     uuid NOT NULL REFERENCES app.store_move (id),
  sha256      text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  verified_at timestamptz NOT NULL,
  PRIMARY KEY (move_id, sha256)
);
COMMENT ON TABLE app.move_copy IS
  'Copies in the store that is moved to; verified_at is when every byte was read back there, by the clock of the record.';
