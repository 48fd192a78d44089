import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refOf } from '@liuhen/domain/disposal/events'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { AGENCY, createDisposalHouse, type DisposalHouse } from '../../../../test/test-disposal.ts'
import { command, done as noted } from '../../../../test/test-filing.ts'
import { openBlob } from '../blobs/put-blob.ts'
import { reconcileBlobs } from '../blobs/reconcile.ts'
import { noteFact } from '../case/change-case.ts'
import { whileMaking } from '../derivative/making-lock.ts'
import { readStream } from '../event-store/read-stream.ts'
import { rebuild } from '../event-store/rebuild.ts'
import { confirmPlaybacks } from '../playback/confirm-playback.ts'
import { listPlaybackQueue } from '../playback/list-playback.ts'
import { inTransaction } from '../postgres/transaction.ts'
import { takeInventory } from '../stores/inventory.ts'
import { unpaced } from '../stores/read-copy.ts'
import { scrubStores } from '../stores/scrub.ts'
import { disposalProjections } from '../../../../test/test-disposal.ts'
import type { DisposalDone } from './act-on-disposal.ts'
import { carryOutDisposalJob } from './carry-out.ts'
import {
  approveDisposal,
  objectToDisposal,
  orderDisposal,
  proposeDisposal,
  reviewDisposal,
} from './change-disposal.ts'
import { destroyUnlocked } from './destroy-copies.ts'
import { getDisposal, listDisposals, openCertificate } from './get-disposal.ts'
import { listDue } from './list-due.ts'

const NOW = '2026-03-10T10:00:00+08:00'
const after = (days: number) => new Date(Date.parse(NOW) + days * 86_400_000).toISOString()
let t: DisposalHouse

beforeAll(async () => {
  t = await createDisposalHouse(NOW)
})
afterAll(() => t.house.close())

const copiesOf = (item: Awaited<ReturnType<typeof viewOf>>['items'][number] | undefined) =>
  item !== undefined && 'copies' in item ? item.copies : []
const done = (outcome: DisposalDone | Refusal): string => {
  if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome.reasons))
  return outcome.id
}
const propose = (ids: readonly string[], who: 'keeper' | 'archivist' = 'keeper') =>
  proposeDisposal(t.deps, t.by(who, ''), { recordingIds: ids, caseFiles: [] })
const review = async (batchId: string, struck: { item: string; reason: string }[] = []) => {
  const view = await viewOf(batchId)
  const seen = view.items.map(refOf)
  return reviewDisposal(t.deps, t.by('archivist', batchId), { opinion: '同意', seen, struck })
}
const approve = (batchId: string) => approveDisposal(t.deps, t.by('head', batchId), { opinion: '同意' })
const order = (batchId: string) =>
  orderDisposal(t.deps, t.by('keeper', batchId), { witnessId: t.people.officer.personId ?? '' })
const carryOut = (batchId: string) => carryOutDisposalJob(t.deps, { agencyId: AGENCY, batchId })
const viewOf = async (batchId: string) => {
  const view = await getDisposal(t.deps, t.people.head, batchId)
  if (isRefusal(view)) throw new Error('no batch')
  return view
}
const approved = async (ids: readonly string[]): Promise<string> => {
  t.clock.at = after(0)
  const batchId = done(await propose(ids))
  done(await review(batchId))
  done(await approve(batchId))
  return batchId
}
const certificateOf = async (batchId: string): Promise<string> => {
  const opened = await openCertificate(t.deps, t.people.head, batchId)
  if (isRefusal(opened)) throw new Error('no certificate')
  return Buffer.concat(await opened.bytes.toArray()).toString()
}
const archivedFilms = async (count: number) => {
  const caseId = await t.openCase()
  const films = []
  for (let i = 0; i < count; i += 1) films.push(await t.film(caseId))
  await t.archive(caseId)
  await t.copy()
  return { caseId, films, ids: films.map((f) => f.id) }
}
const hold = (caseId: string, about?: string) =>
  noteFact(t.deps, command(t.people.archivist, caseId), {
    name: 'hold-placed',
    at: t.clock.at,
    ...(about === undefined ? {} : { about }),
    data: { reason: '当事人起诉' },
  })

describe('a batch, from proposal to certificate', () => {
  test('czm-8-12, czm-8-11: takes the bytes of both stores, leaves the record whole and lists every digest', async () => {
    const { caseId, films, ids } = await archivedFilms(2)
    const due = await listDue(t.deps, t.people.keeper, { limit: 50 })
    expect(due.items.flatMap((i) => ('recordingId' in i ? [i.recordingId] : [])).toSorted()).toEqual(
      ids.toSorted(),
    )
    expect(due.items.find((i) => 'recordingId' in i)).toMatchObject({
      keptThrough: '2026-03-01',
      citations: [{ clause: 'czm-8-12' }],
    })
    const batchId = await approved(ids)
    expect((await listDisposals(t.deps, t.people.keeper)).items[0]).toMatchObject({
      id: batchId,
      yours: false,
    })
    expect(await order(batchId)).toMatchObject({ refused: true })
    t.clock.at = after(31)
    expect((await listDisposals(t.deps, t.people.keeper)).items[0]).toMatchObject({ yours: true })
    done(await order(batchId))
    expect(await t.places(films[0]?.sha256 ?? '')).toEqual({ first: 100_000, second: 100_000 })
    await carryOut(batchId)
    await carryOut(batchId)
    for (const { sha256 } of films) expect(await t.places(sha256)).toEqual({})
    const view = await viewOf(batchId)
    expect(view).toMatchObject({ status: 'certified', ordered: { witness: 'officer' } })
    for (const item of view.items)
      expect(copiesOf(item).map((c) => `${c.store} ${c.outcome}`)).toEqual([
        'first destroyed',
        'second destroyed',
      ])
    const opened = await openCertificate(t.deps, t.people.head, batchId)
    if (isRefusal(opened)) throw new Error('no certificate')
    const text = Buffer.concat(await opened.bytes.toArray())
    for (const { sha256 } of films) expect(text.toString()).toContain(sha256)
    expect(createHash('sha256').update(text).digest('hex')).toBe(view.certificate?.sha256)
    const told = (await readStream(t.deps.store, AGENCY, caseId)).filter((e) => e.type === 'FactNoted')
    expect(told.map((e) => (e.data.public as { name: string }).name)).toEqual([
      ...Array(2).fill('disposal-requested'),
      ...Array(2).fill('disposal-approved'),
      ...Array(2).fill('disposal-carried-out'),
    ])
    expect((await readStream(t.deps.store, AGENCY, ids[0] ?? '')).at(-1)?.type).toBe('RecordingDestroyed')
  })

  test('takes the copies that were made of a film with it, in both stores, and names them', async () => {
    const caseId = await t.openCase()
    const [one, other] = [await t.film(caseId), await t.film(caseId)]
    const [made, stays] = [await t.derive(one), await t.derive(other)]
    await t.archive(caseId)
    await t.copy()
    const batchId = await approved([one.id])
    t.clock.at = after(31)
    done(await order(batchId))
    await carryOut(batchId)
    await carryOut(batchId)
    for (const sha256 of made) expect(await t.places(sha256)).toEqual({})
    for (const sha256 of stays)
      expect(await t.places(sha256)).toMatchObject({ first: expect.any(Number), second: expect.any(Number) })
    const text = await certificateOf(batchId)
    expect(text).toContain(`随之销毁的副本（非原件）：长民副本〔2026〕1号，SHA-256：${made[0]}`)
    expect(text).not.toContain(stays[0])
    const deps = { ...t.deps.stores, store: t.deps.store }
    expect((await takeInventory(deps)).findings).toEqual([])
  })

  test('takes what a cut-off attempt had kept, and waits while a copy is being made', async () => {
    const { films, ids } = await archivedFilms(1)
    const [film = { id: '', sha256: '' }] = films
    const kept = await t.attempt(film)
    const batchId = await approved(ids)
    t.clock.at = after(31)
    done(await order(batchId))
    await whileMaking(t.house.pool, film.id, () => expect(carryOut(batchId)).rejects.toThrow('being made'))
    expect(await t.places(film.sha256)).toEqual({ first: 100_000, second: 100_000 })
    await carryOut(batchId)
    expect(await t.places(film.sha256)).toEqual({})
    expect(await t.places(kept)).toEqual({})
    expect(await certificateOf(batchId)).toContain(kept)
  })

  test('tells of each copy what became of it in each store: shared with a film that stays, locked, gone', async () => {
    const caseId = await t.openCase()
    const [one, other] = [await t.film(caseId), await t.film(caseId)]
    const same = randomBytes(5_000)
    const [shared = ''] = await t.derive(one, same)
    await t.derive(other, same)
    const [locked = ''] = await t.derive(one)
    await t.archive(caseId)
    await t.copy()
    const batchId = await approved([one.id])
    t.clock.at = after(31)
    done(await order(batchId))
    const { second } = t.deps.stores
    if (second === undefined) throw new Error('two stores')
    const destroy = () => Promise.resolve({ outcome: 'locked' as const, until: after(50) })
    const stores = { ...t.deps.stores, second: { ...second, bytes: { ...second.bytes, destroy } } }
    await carryOutDisposalJob({ ...t.deps, stores }, { agencyId: AGENCY, batchId })
    expect(await t.places(shared)).toMatchObject({ first: 5_000, second: 5_000 })
    expect(await t.places(locked)).toEqual({ second: 5_000 })
    const lines = (await certificateOf(batchId)).split('\n')
    const said = (sha256: string) =>
      lines.slice(...[0, 3].map((n) => lines.findIndex((l) => l.includes(sha256)) + n))
    expect(said(shared)).toEqual([
      expect.stringContaining('随之作废、内容没有全部销毁的副本（非原件）'),
      '      主存储：未销毁，同样的内容仍须保存（另一段音像记录）',
      '      第二存储：未销毁，同样的内容仍须保存（另一段音像记录）',
    ])
    expect(said(locked)).toEqual([
      expect.stringContaining('随之作废、内容没有全部销毁的副本（非原件）'),
      expect.stringContaining('主存储：已于'),
      expect.stringContaining('第二存储：未销毁，防删除锁到'),
    ])
    expect(await destroyUnlocked(t.deps.stores, new Date(after(51)))).toBeGreaterThan(0)
    expect(await t.places(locked)).toEqual({})
  })

  test('is lawfully gone for every pass: nothing is missed or copied back, tombstones lie in both stores, nobody is to look at it', async () => {
    const { films, ids } = await archivedFilms(1)
    const queue = () => listPlaybackQueue(t.deps, t.people.keeper, { limit: 200 })
    expect((await queue()).items.filter(({ id }) => ids.includes(id))).toHaveLength(1)
    const batchId = await approved(ids)
    t.clock.at = after(31)
    done(await order(batchId))
    await carryOut(batchId)
    expect((await queue()).items.filter(({ id }) => ids.includes(id))).toEqual([])
    const c = { commandId: randomUUID(), actor: t.people.keeper, what: 'confirmPlaybacks', ids }
    const { refused } = await confirmPlaybacks(t.deps, c)
    expect(refused).toMatchObject([{ why: [{ message: '这段音像已依法销毁，不能再回放。' }] }])
    const [{ sha256 } = { sha256: '' }] = films
    await t.copy()
    const deps = { ...t.deps.stores, store: t.deps.store }
    expect(await scrubStores(deps, { days: 1, pace: unpaced })).toMatchObject({ verdict: 'pass' })
    expect((await takeInventory(deps)).findings).toEqual([])
    expect((await reconcileBlobs(t.deps.blobs, true)).findings).toEqual([])
    expect(await t.places(sha256)).toEqual({})
    for (const root of [t.first, t.second]) {
      const [name] = (await readdir(join(root, 'destroyed'))).filter((n) => n.startsWith(sha256))
      expect(JSON.parse(await readFile(join(root, 'destroyed', name ?? ''), 'utf8'))).toMatchObject({
        batchId,
      })
    }
    expect(await openBlob(t.deps.blobs, sha256)).toBeUndefined()
  })

  test('is the same when its tables are made anew from the record', async () => {
    const rows = async () =>
      (await (await t.house.connectAs('owner')).query('SELECT * FROM app.disposal_item ORDER BY 1, 2')).rows
    const before = await rows()
    await rebuild(await t.house.connectAs('owner'), disposalProjections(t.deps.library))
    expect(await rows()).toEqual(before)
    expect(before.length).toBeGreaterThan(0)
  })
})

describe('what blocks', () => {
  const proposed = async (ids: string[]) => {
    t.clock.at = after(0)
    return propose(ids)
  }
  test('czm-8-11: an open case, a hold, a period that runs, no case at all; each with its reason', async () => {
    t.clock.at = after(0)
    const openCase = await t.openCase()
    const inOpen = await t.film(openCase)
    const young = await t.film(openCase, { madeOn: '2025-06-01' })
    const { caseId, ids } = await archivedFilms(1)
    noted(await hold(caseId, ids[0]))
    const loose = await t.film(undefined)
    const said = async (id: string) => {
      const outcome = await proposed([id])
      return isRefusal(outcome) ? (outcome.reasons[0]?.message ?? '') : 'not refused'
    }
    expect(await said(inOpen.id)).toContain('尚未归档')
    expect(await said(ids[0] ?? '')).toContain('已采取保全')
    expect(await said(loose.id)).toContain('没有归入案件')
    const blocked = await listDue(t.deps, t.people.keeper, { limit: 50, blocked: 'true' })
    const row = blocked.items.find((i) => 'recordingId' in i && i.recordingId === young.id)
    expect(row?.blocks.map((b) => b.code)).toEqual(['open-case', 'not-yet'])
    expect(row?.blocks[1]?.citations[0]?.clause).toBe('czm-8-12')
  })
  test('what is in another batch, and what nobody knows', async () => {
    const { ids } = await archivedFilms(1)
    done(await proposed(ids))
    expect(await proposed(ids)).toMatchObject({ refused: true, code: 'law-gate' })
    expect(await proposed(ids.concat(randomUUID()))).toMatchObject({ code: 'not-found' })
  })
  test('a hold between approval and the day of carrying out strikes its item, and the others go', async () => {
    const { films, ids, caseId } = await archivedFilms(2)
    const batchId = await approved(ids)
    t.clock.at = after(20)
    noted(await hold(caseId, ids[0]))
    expect((await viewOf(batchId)).items.find((i) => refOf(i) === ids[0])?.now[0]).toContain('保全')
    t.clock.at = after(31)
    done(await order(batchId))
    await carryOut(batchId)
    expect(await t.places(films[0]?.sha256 ?? '')).toEqual({ first: 100_000, second: 100_000 })
    expect(await t.places(films[1]?.sha256 ?? '')).toEqual({})
    const struck = (await viewOf(batchId)).items.find((i) => refOf(i) === ids[0])?.struck
    expect(struck).toMatchObject({ how: 'recheck', reason: expect.stringContaining('当事人起诉') })
  })
  test('a hold after the order and before the bytes go is heeded, too', async () => {
    const { films, ids, caseId } = await archivedFilms(1)
    const batchId = await approved(ids)
    t.clock.at = after(31)
    done(await order(batchId))
    noted(await hold(caseId, ids[0]))
    await carryOut(batchId)
    expect(await t.places(films[0]?.sha256 ?? '')).toEqual({ first: 100_000, second: 100_000 })
    expect(await viewOf(batchId)).toMatchObject({ status: 'stopped' })
  })
  test('an objection stops all of it', async () => {
    const { ids } = await archivedFilms(1)
    const batchId = await approved(ids)
    done(await objectToDisposal(t.deps, t.by('unit', batchId), { reason: '可能再审' }))
    t.clock.at = after(40)
    expect(await order(batchId)).toMatchObject({ code: 'not-permitted' })
  })
})

describe('bytes that something else needs', () => {
  test('stay where they are, and the certificate says so', async () => {
    const { ids, films } = await archivedFilms(1)
    const bytes = await readFile(
      join(
        t.first,
        'sha256',
        ...[0, 2].map((i) => films[0]?.sha256.slice(i, i + 2) ?? ''),
        films[0]?.sha256 ?? '',
      ),
    )
    await t.film(await t.openCase(), { bytes })
    const batchId = await approved(ids)
    t.clock.at = after(31)
    done(await order(batchId))
    await carryOut(batchId)
    expect(await t.places(films[0]?.sha256 ?? '')).toEqual({ first: 100_000, second: 100_000 })
    expect(copiesOf((await viewOf(batchId)).items[0])).toMatchObject([
      { outcome: 'shared', because: '另一段音像记录' },
      { outcome: 'shared' },
    ])
  })
})

describe('a store that locks', () => {
  test('keeps its copy until its day, the certificate names the day, and the copy goes then', async () => {
    const { ids, films } = await archivedFilms(1)
    const sha256 = films[0]?.sha256 ?? ''
    const { second } = t.deps.stores
    if (second === undefined) throw new Error('two stores')
    const until = after(50)
    const destroy = () => Promise.resolve({ outcome: 'locked' as const, until })
    const stores = { ...t.deps.stores, second: { ...second, bytes: { ...second.bytes, destroy } } }
    const batchId = await approved(ids)
    t.clock.at = after(31)
    done(await order(batchId))
    await carryOutDisposalJob({ ...t.deps, stores }, { agencyId: AGENCY, batchId })
    const outcomes = copiesOf((await viewOf(batchId)).items[0])
    expect(outcomes).toMatchObject([{ outcome: 'destroyed' }, { outcome: 'locked', until }])
    const deps = { ...t.deps.stores, store: t.deps.store }
    expect((await takeInventory(deps)).findings).toEqual([])
    expect(await destroyUnlocked(t.deps.stores, new Date(after(49)))).toBe(0)
    expect(await t.places(sha256)).toEqual({ second: 100_000 })
    expect(await destroyUnlocked(t.deps.stores, new Date(after(50)))).toBe(1)
    expect(await t.places(sha256)).toEqual({})
  })
  test('and one that is away lets nothing be let go', async () => {
    const { ids, films } = await archivedFilms(1)
    const batchId = await approved(ids)
    t.clock.at = after(31)
    done(await order(batchId))
    const { second } = t.deps.stores
    if (second === undefined) throw new Error('two stores')
    const place = { ...second.place, readMark: () => Promise.resolve(undefined) }
    const stores = { ...t.deps.stores, second: { ...second, place } }
    const job = { agencyId: AGENCY, batchId }
    await expect(carryOutDisposalJob({ ...t.deps, stores }, job)).rejects.toThrow('断开')
    expect(await t.places(films[0]?.sha256 ?? '')).toEqual({ first: 100_000, second: 100_000 })
    expect((await viewOf(batchId)).items[0]?.releasedAt).toBeUndefined()
    await carryOut(batchId)
    expect(await t.places(films[0]?.sha256 ?? '')).toEqual({})
  })
})

describe('the wall in the database', () => {
  test('lets no blob become destroyed that no batch let go, and none come back', async () => {
    const { films } = await archivedFilms(1)
    const kill = (sha256: string) =>
      inTransaction(t.house.pool, (tx) =>
        tx.query(`UPDATE app.blob SET state = 'destroyed' WHERE sha256 = $1`, [sha256]),
      )
    await expect(kill(films[0]?.sha256 ?? '')).rejects.toThrow('no disposal let go')
    const gone = `WHERE state = 'destroyed'`
    await expect(t.house.pool.query(`UPDATE app.blob SET state = 'verified' ${gone}`)).rejects.toThrow(
      'stays',
    )
    await expect(t.house.pool.query(`DELETE FROM app.blob ${gone}`)).rejects.toThrow('not forgotten')
  })
})
