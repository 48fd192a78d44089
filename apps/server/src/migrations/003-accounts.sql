-- Accounts and sessions; persons as the person slice projects them.

CREATE TABLE app.person (
  person_id       text PRIMARY KEY,
  agency_id       text NOT NULL,
  name            text NOT NULL,
  cert_no         text,
  cert_valid_to   date,
  legal_qualified boolean NOT NULL DEFAULT false,
  unit            text,
  left_on         date
);
COMMENT ON TABLE app.person IS 'Projection of person streams: who acts for the agency, with the certificate that lets them.';
CREATE INDEX person_by_agency ON app.person (agency_id, name);

CREATE TABLE app.account (
  user_id       text PRIMARY KEY,
  agency_id     text NOT NULL,
  person_id     text,
  login         text NOT NULL,
  name          text NOT NULL,
  password_hash text NOT NULL,
  roles         text[] NOT NULL CHECK (cardinality(roles) > 0),
  status        text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'locked', 'closed')),
  must_change   boolean NOT NULL DEFAULT true,
  changed_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE app.account IS 'Who may sign in. Not part of the record: what an account is given and loses is recorded by the person slice.';
CREATE UNIQUE INDEX account_by_login ON app.account (lower(login));
CREATE INDEX account_by_agency ON app.account (agency_id);

CREATE TABLE app.session (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  agency_id  text NOT NULL,
  user_id    text NOT NULL REFERENCES app.account (user_id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  address    text NOT NULL
);
COMMENT ON TABLE app.session IS 'Signed-in sessions, by the hash of their token.';
CREATE INDEX session_by_user ON app.session (user_id);

CREATE TABLE app.sign_in_failure (
  subject text NOT NULL,
  at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE app.sign_in_failure IS 'Failed sign-ins by hashed login and by address, for throttling; swept after a day.';
CREATE INDEX sign_in_failure_by_subject ON app.sign_in_failure (subject, at);

CALL app.protect('app.person');
CALL app.protect('app.account');
CALL app.protect('app.session');

-- Before somebody is signed in no agency is known. These answer with at most the one row that was asked for.
CREATE FUNCTION app.find_account(p_login text) RETURNS SETOF app.account
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  BEGIN ATOMIC
    SELECT * FROM app.account a WHERE lower(a.login) = lower(p_login);
  END;

CREATE FUNCTION app.open_session(p_token_hash bytea, p_idle interval, p_absolute interval)
RETURNS TABLE (user_id text, agency_id text, person_id text, name text, roles text[], must_change boolean,
               cert_no text, cert_valid_to date, legal_qualified boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  DELETE FROM app.session s WHERE s.token_hash = p_token_hash
    AND (s.seen_at < clock_timestamp() - p_idle OR s.created_at < clock_timestamp() - p_absolute);
  -- One write a minute is enough for an idle limit of half an hour.
  UPDATE app.session s SET seen_at = clock_timestamp()
    WHERE s.token_hash = p_token_hash AND s.seen_at < clock_timestamp() - interval '1 minute';
  RETURN QUERY
    SELECT a.user_id, a.agency_id, a.person_id, coalesce(p.name, a.name), a.roles, a.must_change,
           p.cert_no, p.cert_valid_to, coalesce(p.legal_qualified, false)
    FROM app.session s JOIN app.account a USING (user_id) LEFT JOIN app.person p ON p.person_id = a.person_id
    WHERE s.token_hash = p_token_hash AND a.status = 'active';
END $$;
GRANT EXECUTE ON FUNCTION app.find_account(text), app.open_session(bytea, interval, interval) TO liuhen_app;
