-- Upkeep runs for every agency in turn, each in a transaction of its own; it needs to know which there are.
CREATE FUNCTION app.list_agencies() RETURNS SETOF text
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RETURN QUERY SELECT a.agency_id FROM app.agency a ORDER BY 1;
END $$;
GRANT EXECUTE ON FUNCTION app.list_agencies() TO liuhen_app;
