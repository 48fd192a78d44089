import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { jobHandler, scheduledJob } from './job-handler.ts'
import { startWorker, type Worker } from './worker.ts'

let installation: TestInstallation
const done: string[] = []
const failures: string[] = []
const givenUp: string[] = []
beforeAll(async () => {
  installation = await createTestInstallation()
})
afterAll(() => installation.close())

const start = (): Promise<Worker> =>
  startWorker({
    url: installation.urls.jobs,
    handlers: [
      jobHandler('greet', z.object({ name: z.string() }), async ({ name }) => {
        done.push(name)
      }),
      jobHandler(
        'hopeless',
        z.object({ name: z.string() }),
        () => Promise.reject(new Error('磁盘满')),
        async ({ name }, error) => {
          givenUp.push(`${name}：${error instanceof Error ? error.message : ''}`)
        },
      ),
      scheduledJob('nightly', '30 18 * * *', async () => undefined),
    ],
    concurrency: 2,
    log: { error: (_, text) => failures.push(text) },
  })

/** As long as a busy machine may take; a quiet one answers at once. */
const until = (assertion: () => void): Promise<void> => vi.waitFor(assertion, { timeout: 60_000 })

const add = (jobs: unknown) => installation.pool.query('SELECT queue.add($1)', [JSON.stringify(jobs)])

test('runs what the application added, and says which job failed', async () => {
  const worker = await start()
  await add([{ name: 'greet', payload: { name: '一' } }])
  await until(() => expect(done).toEqual(['一']))
  await add([{ name: 'greet', payload: {}, maxAttempts: 1 }])
  await until(() => expect(failures).toHaveLength(1))
  await worker.stop()
})

test('a job that a killed worker held is taken up at the next start', async () => {
  await add([{ name: 'greet', payload: { name: '二' } }])
  const jobs = await installation.connectAs('jobs')
  const { rowCount } = await jobs.query(
    `UPDATE graphile_worker._private_jobs SET locked_by = 'killed', locked_at = now() WHERE attempts < max_attempts`,
  )
  expect(rowCount).toBe(1)
  const worker = await start()
  await until(() => expect(done).toEqual(['一', '二']))
  await worker.stop()
})

test('a job is given up after its last attempt and no sooner, and whoever waits is told', async () => {
  const worker = await start()
  const before = failures.length
  await add([
    { name: 'hopeless', payload: { name: '还有机会' }, maxAttempts: 2 },
    { name: 'hopeless', payload: { name: '最后一次' }, maxAttempts: 1 },
  ])
  await until(() => expect(failures).toHaveLength(before + 2))
  expect(givenUp).toEqual(['最后一次：磁盘满'])
  await worker.stop()
})

test('the application learns how its job stands, and how many fail in all', async () => {
  const worker = await start()
  const failed = failures.length
  const standing = async (key: string) =>
    (await installation.pool.query('SELECT attempts, failed, given_up FROM queue.standing($1)', [key])).rows
  await add([{ name: 'hopeless', payload: { name: '会再试' }, maxAttempts: 9, key: 'tried' }])
  await until(() => expect(failures.length).toBeGreaterThan(failed))
  await worker.stop()
  expect(await standing('tried')).toEqual([{ attempts: 1, failed: true, given_up: false }])
  expect(await standing('no such job')).toEqual([])
  const { rows } = await installation.pool.query('SELECT * FROM queue.trouble()')
  expect(rows[0]).toMatchObject({ retrying: expect.any(Number), given_up: expect.any(Number) })
  expect(rows[0].retrying + rows[0].given_up).toBeGreaterThanOrEqual(1)
})

test('a job that was given up runs once more when it is added again under its key', async () => {
  const worker = await start()
  const job = { name: 'hopeless', payload: { name: '再来' }, maxAttempts: 1, key: 'again' }
  const times = () => givenUp.filter((g) => g.startsWith('再来')).length
  await add([job])
  await until(() => expect(times()).toBe(1))
  const failed = failures.length
  await add([job])
  await until(() => expect(failures.length).toBeGreaterThan(failed))
  expect(times()).toBe(2)
  await worker.stop()
})

test('a job whose last attempt was cut off is given up at the next start', async () => {
  await add([{ name: 'hopeless', payload: { name: '断电' }, maxAttempts: 1, key: 'cut' }])
  const jobs = await installation.connectAs('jobs')
  await jobs.query(
    `UPDATE graphile_worker._private_jobs SET attempts = 1, locked_by = 'killed', locked_at = now() WHERE key = 'cut'`,
  )
  const worker = await start()
  expect(givenUp.some((g) => g.startsWith('断电'))).toBe(true)
  await worker.stop()
})

test('the application adds jobs, and has no other right on the queue', async () => {
  await expect(installation.pool.query('DELETE FROM graphile_worker._private_jobs')).rejects.toThrow(
    'permission denied',
  )
})
