import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewEvent } from '@liuhen/domain/event'
import { isRefusal, refuse } from '@liuhen/domain/refusal'
import {
  createTestInstallation,
  testActor,
  type TestInstallation,
} from '../../../../test/test-installation.ts'
import { append, type Append } from './append.ts'
import { execute } from './execute.ts'
import { readStream } from './read-stream.ts'
import { rebuild } from './rebuild.ts'
import type { Projection } from './store.ts'
import { takeNumber } from './take-number.ts'

const agencyId = 'agency-a'
const actor = testActor(agencyId)

const noted = (n: number): NewEvent => ({
  type: 'NoteTaken',
  schemaVersion: 1,
  occurredAt: '2026-03-02T09:00:00+08:00',
  data: { public: { n }, internal: { why: '测试' }, personal: { name: '李四' } },
})

const command = (streamId: string, expectedVersion: number, events: readonly NewEvent[]): Append => ({
  commandId: randomUUID(),
  agencyId,
  actor,
  appends: [{ streamType: 'case', streamId, expectedVersion, events }],
})

const counting: Projection = {
  name: 'note-count',
  tables: ['app.note_count'],
  apply: async (tx, event) => {
    if (event.type !== 'NoteTaken') return
    await tx.query(
      `INSERT INTO app.note_count (stream_id, agency_id, notes, last) VALUES ($1, $2, 1, $3)
       ON CONFLICT (stream_id) DO UPDATE SET notes = app.note_count.notes + 1, last = $3`,
      [event.streamId, event.agencyId, event.recordedAt],
    )
  },
}

let installation: TestInstallation
beforeAll(async () => {
  installation = await createTestInstallation({ projections: [counting] })
  const owner = await installation.connectAs('owner')
  await owner.query(`CREATE TABLE app.note_count (stream_id text PRIMARY KEY, agency_id text NOT NULL,
    notes integer NOT NULL, last timestamptz NOT NULL)`)
  await owner.query(`CALL app.protect('app.note_count')`)
})
afterAll(() => installation.close())

const note = (streamId: string, commandId: string = randomUUID()) =>
  execute<number, NewEvent>(installation.store, {
    commandId,
    agencyId,
    actor,
    streamType: 'case',
    streamId,
    initial: 0,
    evolve: (n) => n + 1,
    decide: (n) => (n < 1000 ? [noted(n + 1)] : refuse('wrong-state', '记满了。', '请另建一册。')),
  })

describe('append', () => {
  test('an event comes back as it was written, in all compartments', async () => {
    const streamId = randomUUID()
    const done = await append(installation.store, command(streamId, 0, [noted(1), noted(2)]))
    if (isRefusal(done)) throw new Error('refused')
    expect(await readStream(installation.store, agencyId, streamId)).toEqual(done.events)
    expect(done.events.map((e) => e.version)).toEqual([1, 2])
    expect(done.events[0]).toMatchObject({ ...noted(1), actor, clock: 'real', agencyId })
  })

  test('a version that somebody else has taken is refused, and nothing of the command stays', async () => {
    const streamId = randomUUID()
    await append(installation.store, command(streamId, 0, [noted(1)]))
    expect(await append(installation.store, command(streamId, 0, [noted(1)]))).toMatchObject({
      code: 'stale-version',
    })
    expect(await append(installation.store, command(streamId, 5, [noted(1)]))).toMatchObject({
      code: 'stale-version',
    })
    expect(await readStream(installation.store, agencyId, streamId)).toHaveLength(1)
  })

  test('the same command a hundred times, at once, has one effect', async () => {
    const streamId = randomUUID()
    const once = { ...command(streamId, 0, [noted(1)]), result: { number: 7 } }
    const all = await Promise.all(Array.from({ length: 100 }, () => append(installation.store, once)))
    expect(all.every((a) => !isRefusal(a) && a.events.length === 1)).toBe(true)
    expect(new Set(all.map((a) => (isRefusal(a) ? '' : a.events[0]?.id))).size).toBe(1)
    expect(all.filter((a) => !isRefusal(a) && !a.replayed)).toHaveLength(1)
    expect(all.every((a) => !isRefusal(a) && JSON.stringify(a.result) === '{"number":7}')).toBe(true)
    expect(await readStream(installation.store, agencyId, streamId)).toHaveLength(1)
  })

  test('32 writers on one stream lose nothing and double nothing', async () => {
    const streamId = randomUUID()
    await Promise.all(
      Array.from({ length: 32 }, async () => {
        for (let i = 0; i < 5; i++) expect(isRefusal(await note(streamId))).toBe(false)
      }),
    )
    const events = await readStream(installation.store, agencyId, streamId)
    expect(events.map((e) => e.version)).toEqual(Array.from({ length: 160 }, (_, i) => i + 1))
    expect(events.map((e) => e.data.public)).toEqual(Array.from({ length: 160 }, (_, i) => ({ n: i + 1 })))
  })

  test('a repeated command of execute gives the events of the first time', async () => {
    const streamId = randomUUID()
    const commandId = randomUUID()
    const first = await note(streamId, commandId)
    const again = await note(streamId, commandId)
    expect(again).toMatchObject({ replayed: true })
    expect(isRefusal(again) || again.events).toEqual(isRefusal(first) || first.events)
  })

  test('a job is added with its event, or neither is', async () => {
    const jobs = await installation.connectAs('jobs')
    const waiting = async () =>
      (await jobs.query(`SELECT FROM graphile_worker.jobs WHERE task_identifier = 'look'`)).rowCount
    const streamId = randomUUID()
    const job = { name: 'look', payload: { streamId } }
    await append(installation.store, { ...command(streamId, 0, [noted(1)]), jobs: [job] })
    expect(await waiting()).toBe(1)
    await append(installation.store, { ...command(streamId, 0, [noted(1)]), jobs: [job] })
    expect(await waiting()).toBe(1)
  })

  test('a number that a refused command took is given to the next', async () => {
    const series = { agencyId, word: '罚决', year: 2026 }
    const numbered = (streamId: string, fails: boolean) =>
      execute<number, NewEvent>(installation.store, {
        commandId: randomUUID(),
        agencyId,
        actor,
        streamType: 'case',
        streamId,
        initial: 0,
        evolve: (n) => n + 1,
        decide: async (_, { tx }) => {
          const n = await takeNumber(tx, series)
          return fails ? refuse('wrong-state', '不行。', '请重试。') : [noted(n)]
        },
      })
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, i) => numbered(randomUUID(), i % 3 === 0)),
    )
    const given = outcomes.flatMap((o) => (isRefusal(o) ? [] : o.events.map((e) => e.data.public)))
    expect(given.map((p) => (p as { n: number }).n).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    )
  })

  test('what was refused is recorded: who, what and why', async () => {
    const streamId = randomUUID()
    const refused = await execute<number, NewEvent>(installation.store, {
      commandId: randomUUID(),
      agencyId,
      actor,
      streamType: 'case',
      streamId,
      initial: 0,
      evolve: (n) => n,
      decide: () => refuse('law-gate', '还没有立案。', '请先办理立案审批。'),
      what: 'begin-step',
    })
    expect(refused).toMatchObject({ code: 'law-gate' })
    const owner = await installation.connectAs('owner')
    const { rows } = await owner.query('SELECT * FROM record.attempt WHERE stream_id = $1', [streamId])
    expect(rows).toMatchObject([{ what: 'begin-step', code: 'law-gate', agency_id: agencyId, actor }])
  })

  test('projections rebuilt from the record are the same, row for row', async () => {
    await note(randomUUID())
    const owner = await installation.connectAs('owner')
    const rows = async () => (await owner.query('SELECT * FROM app.note_count ORDER BY stream_id')).rows
    const before = await rows()
    expect(before.length).toBeGreaterThan(1)
    await owner.query('UPDATE app.note_count SET notes = notes + 1')
    await rebuild(owner, [counting])
    expect(await rows()).toEqual(before)
  })
})
