import { Logger, runMigrations } from 'graphile-worker'
import { connect } from '../postgres/pool.ts'

/**
 * The queue's own schema, and the functions by which the application adds jobs inside its own transaction and learns how
 * they stand, without any right on the queue's tables. graphile-worker adds jobs again under the same key while they wait.
 */
const ACCESS = `
  CREATE SCHEMA IF NOT EXISTS queue;
  COMMENT ON SCHEMA queue IS 'How the application adds jobs.';
  CREATE OR REPLACE FUNCTION queue.add(p_jobs jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE j jsonb;
  BEGIN
    FOR j IN SELECT * FROM jsonb_array_elements(p_jobs) LOOP
      PERFORM graphile_worker.add_job(j->>'name', payload => (j->'payload')::json, queue_name => j->>'queue',
        run_at => (j->>'runAt')::timestamptz, max_attempts => (j->>'maxAttempts')::integer, job_key => j->>'key');
    END LOOP;
  END $$;
  CREATE OR REPLACE FUNCTION queue.standing(p_key text)
    RETURNS TABLE (attempts integer, failed boolean, given_up boolean, next_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT j.attempts::integer, j.last_error IS NOT NULL, j.attempts >= j.max_attempts, j.run_at
    FROM graphile_worker._private_jobs j WHERE j.key = p_key $$;
  CREATE OR REPLACE FUNCTION queue.trouble() RETURNS TABLE (retrying integer, given_up integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT (count(*) FILTER (WHERE j.attempts < j.max_attempts))::integer,
           (count(*) FILTER (WHERE j.attempts >= j.max_attempts))::integer
    FROM graphile_worker._private_jobs j WHERE j.last_error IS NOT NULL $$;
  REVOKE ALL ON FUNCTION queue.add(jsonb), queue.standing(text), queue.trouble() FROM PUBLIC;
  GRANT USAGE ON SCHEMA queue TO liuhen_app;
  GRANT EXECUTE ON FUNCTION queue.add(jsonb), queue.standing(text), queue.trouble() TO liuhen_app;`

export const silent = new Logger(() => () => undefined)

export const prepareQueue = async (jobsUrl: string): Promise<void> => {
  await runMigrations({ connectionString: jobsUrl, logger: silent })
  const jobs = await connect(jobsUrl, 'liuhen queue')
  try {
    await jobs.query(ACCESS)
  } finally {
    await jobs.end()
  }
}
