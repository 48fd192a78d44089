import { parseCronItems, run, type Runner } from 'graphile-worker'
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
const unlockAll = async (url: string): Promise<void> => {
  const jobs = await connect(url, 'liuhen jobs')
  try {
    await jobs.query(
      `SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by))
       FROM graphile_worker.jobs WHERE locked_by IS NOT NULL HAVING count(*) > 0`,
    )
  } finally {
    await jobs.end()
  }
}

const tasksOf = (handlers: readonly JobHandler[]) => {
  const names = new Set(handlers.map((handler) => handler.name))
  if (names.size !== handlers.length) throw new Error('two handlers have one name')
  return Object.fromEntries(
    handlers.map((handler) => [handler.name, (payload: unknown) => handler.run(payload)]),
  )
}

const scheduleOf = (handlers: readonly JobHandler[]) =>
  parseCronItems(
    handlers.flatMap(({ name, cron }) =>
      cron === undefined ? [] : [{ task: name, match: cron, identifier: name }],
    ),
  )

/** Runs jobs until it is stopped; a job that fails is tried again later, ever more slowly. */
export const startWorker = async (options: WorkerOptions): Promise<Worker> => {
  await unlockAll(options.url)
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
