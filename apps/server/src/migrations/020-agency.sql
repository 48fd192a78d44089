-- Agencies as screens and every case read them.

CREATE TABLE app.agency (
  agency_id     text PRIMARY KEY,
  name          text NOT NULL,
  short_name    text NOT NULL,
  code          text NOT NULL,
  base          text NOT NULL,
  overlays      text[] NOT NULL,
  profile       jsonb NOT NULL,
  settings      jsonb NOT NULL,
  registered_at timestamptz NOT NULL
);
COMMENT ON TABLE app.agency IS 'Projection of agency streams: who the agency is and which regulations it has chosen.';
CREATE UNIQUE INDEX agency_by_code ON app.agency (code);
CALL app.protect('app.agency');

-- Before anybody is signed in no agency is known: these tell that there is one, and that a code is taken, and no more.
CREATE FUNCTION app.is_set_up() RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  BEGIN ATOMIC SELECT EXISTS (SELECT FROM app.agency); END;
CREATE FUNCTION app.agency_code_taken(p_code text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  BEGIN ATOMIC SELECT EXISTS (SELECT FROM app.agency a WHERE a.code = p_code); END;
GRANT EXECUTE ON FUNCTION app.is_set_up(), app.agency_code_taken(text) TO liuhen_app;
