import { Logger, runMigrations } from 'graphile-worker'
import { connect } from '../postgres/pool.ts'

/**
 * The queue's own schema, and one function by which the application adds jobs inside its own transaction without any
 * right on the queue's tables. graphile-worker adds jobs again under the same key while they wait.
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
  REVOKE ALL ON FUNCTION queue.add(jsonb) FROM PUBLIC;
  GRANT USAGE ON SCHEMA queue TO liuhen_app;
  GRANT EXECUTE ON FUNCTION queue.add(jsonb) TO liuhen_app;`

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
