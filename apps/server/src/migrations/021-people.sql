-- What the list of people shows, and what a person's roles make of them in an act.

ALTER TABLE app.person
  ADD COLUMN position text,
  ADD COLUMN roles    text[] NOT NULL DEFAULT '{}',
  ADD COLUMN login    text;
COMMENT ON COLUMN app.person.roles IS 'Roles that the person''s events give; the account repeats them for signing in.';
