import { type JobHelpers, parseCronItems, run, type Runner } from 'graphile-worker'
import type { Client } from 'pg'
import { connect } from '../postgres/pool.ts'
import type { JobHandler } from './job-handler.ts'
import { silent } from './prepare-queue.ts'

export type WorkerOptions = Readonly<{
  /** Connection of the queue's own role. */
  url: string
  handlers: readonly JobHandler[]
  concurrency: number
  log: Readonly<{ error(error: unknown, text: string): void }>
}>
export type Worker = Readonly<{ stop(): Promise<void> }>

/** A worker that was killed holds its jobs for hours; an installation has one worker, so whatever is locked now is its. */
const unlockAll = (jobs: Client) =>
  jobs.query(
    `SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by))
     FROM graphile_worker.jobs WHERE locked_by IS NOT NULL HAVING count(*) > 0`,
  )

type Dead = { name: string; payload: unknown; last_error: string | null }

/** Jobs whose last attempt was cut off: nobody had the time to say that they were given up. */
const settleDead = async (jobs: Client, handlers: readonly JobHandler[]): Promise<void> => {
  const { rows } = await jobs.query<Dead>(
    `SELECT t.identifier AS name, j.payload, j.last_error FROM graphile_worker._private_jobs j
     JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE j.attempts >= j.max_attempts`,
  )
  for (const { name, payload, last_error } of rows)
    await handlers.find((h) => h.name === name)?.gaveUp?.(payload, new Error(last_error ?? ''))
}

const tidyQueue = async ({ url, handlers }: WorkerOptions): Promise<void> => {
  const jobs = await connect(url, 'liuhen jobs')
  try {
    await unlockAll(jobs)
    await settleDead(jobs, handlers)
  } finally {
    await jobs.end()
  }
}

const taskOf =
  (handler: JobHandler) =>
  async (payload: unknown, { job }: JobHelpers): Promise<void> => {
    try {
      await handler.run(payload)
    } catch (error) {
      if (job.attempts >= job.max_attempts) await handler.gaveUp?.(payload, error)
      throw error
    }
  }

const tasksOf = (handlers: readonly JobHandler[]) => {
  const names = new Set(handlers.map((handler) => handler.name))
  if (names.size !== handlers.length) throw new Error('two handlers have one name')
  return Object.fromEntries(handlers.map((handler) => [handler.name, taskOf(handler)]))
}

const scheduleOf = (handlers: readonly JobHandler[]) =>
  parseCronItems(
    handlers.flatMap(({ name, cron }) =>
      cron === undefined ? [] : [{ task: name, match: cron, identifier: name }],
    ),
  )

/** Runs jobs until it is stopped; a job that fails is tried again later, ever more slowly, and given up in the end. */
export const startWorker = async (options: WorkerOptions): Promise<Worker> => {
  await tidyQueue(options)
  const runner: Runner = await run({
    connectionString: options.url,
    taskList: tasksOf(options.handlers),
    parsedCronItems: scheduleOf(options.handlers),
    concurrency: options.concurrency,
    pollInterval: 1_000,
    noHandleSignals: true,
    logger: silent,
  })
  runner.events.on('job:error', ({ job, error }) =>
    options.log.error(error, `job ${job.task_identifier} ${job.id} failed`),
  )
  return { stop: () => runner.stop() }
}
