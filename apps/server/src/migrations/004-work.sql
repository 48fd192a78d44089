-- Drafts, numbers, stored answers, jobs, the installation and its clock: what is neither record nor projection.

CREATE TABLE app.draft (
  draft_id   text PRIMARY KEY,
  agency_id  text NOT NULL,
  kind       text NOT NULL,
  subject_id text NOT NULL,
  body       jsonb NOT NULL,
  revision   integer NOT NULL DEFAULT 1,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE app.draft IS 'Autosaved drafts: not record until submitted.';
CREATE INDEX draft_by_subject ON app.draft (subject_id);

CREATE TABLE app.numbering (
  agency_id text NOT NULL,
  word      text NOT NULL,
  year      integer NOT NULL,
  last      integer NOT NULL CHECK (last >= 1),
  PRIMARY KEY (agency_id, word, year)
);
COMMENT ON TABLE app.numbering IS 'Last number given out per agency, word and year; taken in the transaction of the event that carries it, hence without gaps.';

CREATE TABLE app.answer (
  agency_id   text NOT NULL,
  command_id  uuid NOT NULL,
  user_id     text NOT NULL,
  fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
  status      integer,
  body        jsonb,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (agency_id, command_id)
);
COMMENT ON TABLE app.answer IS 'Answer to each Idempotency-Key, so that the same request again gets the same answer, and another request with the same key is refused.';

CREATE TABLE app.installation (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one),
  id         uuid NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('real', 'demonstration')),
  origin     text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE app.installation IS 'What this database is for. A demonstration has a simulated clock and never becomes real.';

CREATE TABLE app.demonstration_clock (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  at  timestamptz NOT NULL
);
COMMENT ON TABLE app.demonstration_clock IS 'The simulated instant of a demonstration; it only goes forward.';
CREATE FUNCTION app.only_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.at < OLD.at THEN RAISE EXCEPTION 'the simulated clock only goes forward'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_forward BEFORE UPDATE ON app.demonstration_clock
  FOR EACH ROW EXECUTE FUNCTION app.only_forward();
CREATE FUNCTION app.only_in_demonstration() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM app.installation WHERE kind = 'demonstration') THEN
    RAISE EXCEPTION 'a real installation has no simulated clock';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_in_demonstration BEFORE INSERT ON app.demonstration_clock
  FOR EACH ROW EXECUTE FUNCTION app.only_in_demonstration();

REVOKE UPDATE, DELETE ON app.installation FROM liuhen_app;
REVOKE DELETE ON app.demonstration_clock FROM liuhen_app;

CALL app.protect('app.draft');
CALL app.protect('app.numbering');
CALL app.protect('app.answer');
