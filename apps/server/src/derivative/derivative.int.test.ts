import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { DerivativeView } from '@liuhen/api/routes/derivatives'
import type { Spec } from '@liuhen/domain/derivative/spec'
import { verifyClip } from '@liuhen/ledger/clip/verify-clip'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apart, frameAt, loudness } from '../../../../test/film-samples.ts'
import { corpusClip } from '../../../../test/media-corpus.ts'
import { startTestRecordings, TEST_AGENCY, type TestRecordings } from '../../../../test/test-recordings.ts'
import { nodePrimitives } from '../../../cli/src/node-primitives.ts'
import { openPackage } from '../../../cli/src/package-files.ts'
import { append } from '../event-store/append.ts'
import { readStream } from '../event-store/read-stream.ts'
import { type LogKeeper, startLogKeeper } from '../ledger/log-keeper.ts'
import { openSigner, type Signer } from '../ledger/signer.ts'
import { findMediaTools } from '../media/run-tool.ts'
import { markFont } from '../pdf/fonts.ts'
import { playbackBindings } from '../playback/bindings.ts'
import { checkRecording } from '../recording/check-recording.ts'
import { derivativeBindings } from './bindings.ts'
import { type DerivativeDeps, giveDerivativeUp, makeDerivative } from './make-derivative.ts'

const NO_TOOLS = (await findMediaTools(process.env['PATH'] ?? '')) === undefined
const run = promisify(execFile)

let t: TestRecordings
let signer: Signer
let keeper: LogKeeper
let making: DerivativeDeps
let original: string
let film: string

beforeAll(async () => {
  t = await startTestRecordings((deps) => [
    ...playbackBindings(deps),
    ...derivativeBindings({
      ...deps,
      logFolder: join(deps.blobs.root, '..', 'log'),
      vkey: async () => (await signer.status()).vkey,
    }),
  ])
  const { dataDir } = t.x.test
  signer = await openSigner({ folder: join(dataDir, 'signer'), origin: 'test.invalid/log/1' })
  keeper = await startLogKeeper({
    url: t.x.test.urls.sequencer,
    folder: join(dataDir, 'log'),
    signer,
    log: { info: () => undefined, error: () => undefined },
  })
  making = { ...t.deps, workshop: join(dataDir, 'workshop'), markFont: markFont() }
  original = await corpusClip('whole-front.mp4')
  film = await t.recorded(original)
  await checkRecording(t.deps, { recordingId: film, agencyId: TEST_AGENCY })
})
afterAll(async () => {
  await keeper.stop()
  await t.close()
})

const list = async (who = 'officer'): Promise<DerivativeView[]> =>
  (await (await t.ask(who, 'GET', `/recordings/${film}/derivatives`)).json()).items
const viewOf = async (id: string, who = 'officer'): Promise<DerivativeView> => {
  const found = (await list(who)).find((d) => d.id === id)
  if (found === undefined) throw new Error(`no ${id}`)
  return found
}
const ask = (spec: Spec, more = {}) =>
  t.post('officer', `/recordings/${film}/derivatives`, {
    spec,
    purpose: 'evidence',
    reason: '复议答复举证',
    ...more,
  })
const made = async (spec: Spec, more = {}): Promise<DerivativeView> => {
  const { id = '' } = (await ask(spec, more)).body
  await makeDerivative(making, { agencyId: TEST_AGENCY, derivativeId: id })
  return viewOf(id)
}
const fetched = async (path: string, who: string, name: string): Promise<string> => {
  const answer = await t.ask(who, 'GET', path)
  expect(answer.status).toBe(200)
  const file = join(await mkdtemp(join(t.x.test.dataDir, 'out-')), name)
  await writeFile(file, Buffer.from(await answer.arrayBuffer()))
  return file
}
/** An entry as it stands in the case after its rules let it in. */
const enter = async (data: Readonly<Record<string, string>>): Promise<void> => {
  const actor = t.people['custodian']
  if (actor === undefined) throw new Error('a custodian')
  const occurredAt = await t.deps.store.clock.now()
  const said = { name: 'record-accessed', at: occurredAt, ref: randomUUID() }
  const noted = { public: said, internal: { about: film, data } }
  const events = [{ type: 'FactNoted', schemaVersion: 1, occurredAt, data: noted }]
  const { length } = await readStream(t.deps.store, TEST_AGENCY, t.caseId)
  const own = { streamType: 'case' as const, streamId: t.caseId, expectedVersion: length, events }
  const told = await append(t.deps.store, {
    commandId: randomUUID(),
    agencyId: TEST_AGENCY,
    actor,
    appends: [own],
  })
  expect(told).toMatchObject({ replayed: false })
}
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

describe.skipIf(NO_TOOLS)('a copy of a recording', () => {
  test('as a clip keeps the encoded samples, says what it truly covers, and is proven part of the original by a stranger', async () => {
    const clip = await made({ kind: 'clip', range: { from: 5.3, to: 8 }, exact: false })
    expect(clip).toMatchObject({ status: 'made', number: '走街副本〔2026〕1号', made: { mime: 'video/mp4' } })
    // From the key frame before; the end is where the last sample ends.
    expect(clip.made?.covers.from).toBeGreaterThan(4.8)
    expect(clip.made?.covers.from).toBeLessThanOrEqual(5)
    expect(clip.made?.samples).toBeGreaterThan(100)
    const path = `/derivatives/${clip.id}`
    // It is seen by those who may view the recording, and leaves by the custodian alone, after it was released.
    expect((await t.ask('officer', 'GET', `${path}/media`)).status).toBe(200)
    expect((await t.ask('outsider', 'GET', `${path}/media`)).status).toBe(404)
    expect((await t.ask('officer', 'GET', `${path}/media?copy=true`)).status).toBe(403)
    expect((await t.ask('custodian', 'GET', `${path}/media?copy=true`)).status).toBe(409)
    const release = { recipient: '某区人民政府', reason: '复议答复' }
    expect((await t.post('officer', `${path}/release`, release)).status).toBe(403)
    expect((await t.post('custodian', `${path}/release`, release)).status).toBe(200)
    const file = await fetched(`${path}/media?copy=true`, 'custodian', 'clip.mp4')
    expect(sha256(await readFile(file))).toBe(clip.made?.sha256)
    const openings = await (await t.ask('custodian', 'GET', `/recordings/${film}/openings`)).json()
    expect(openings.items[0]).toMatchObject({
      purpose: 'copy',
      reason: '副本 走街副本〔2026〕1号：交付某区人民政府',
    })

    expect((await t.ask('custodian', 'GET', `${path}/proof?chunks=included`)).status).toBe(409)
    // Another release says that what is before and after goes along.
    expect((await t.post('custodian', `${path}/release`, { ...release, chunks: true })).status).toBe(200)

    const policy = `log ${(await signer.status()).vkey}\nquorum none\n`
    const check = async (query: string, more = {}) => {
      const tar = await fetched(`${path}/proof${query}`, 'custodian', 'proof.tar')
      const opened = await openPackage(tar)
      try {
        return {
          tar,
          report: await verifyClip(opened.reader, { policy, primitives: nodePrimitives, ...more }),
        }
      } finally {
        await opened.close()
      }
    }
    const whole = await check('?chunks=included')
    // What is internal of the two events does not go along.
    const open = whole.report.items.filter((i) => i.result !== 'PASS').map((i) => i.check)
    expect(open).toEqual(['commitment-sha256', 'commitment-sha256'])
    expect(whole.report).toMatchObject({ verdict: 'PASS', keys: 'TRUSTED' })
    const bytes = await readFile(original)
    const left = await check('')
    expect(left.report.verdict).toBe('INCOMPLETE')
    expect(left.report.items.find((i) => i.check === 'clip-samples')?.result).toBe('NOT CHECKED')
    const read = async (at: number, length: number) => bytes.subarray(at, at + length)
    const beside = await check('?chunks=left-out', { original: { sizeBytes: bytes.length, read } })
    expect(beside.report.verdict).toBe('PASS')
    expect(beside.report.items.find((i) => i.check === 'clip-samples')?.result).toBe('PASS')
    // With nothing of ours: Python and openssl come to the same.
    const folder = await mkdtemp(join(t.x.test.dataDir, 'proof-'))
    await run('tar', ['-xf', whole.tar, '-C', folder])
    const script = join(import.meta.dirname, '../../../../vectors/check-clip.py')
    const told = await run('python3', [script, folder, (await signer.status()).vkey])
    expect(told.stdout).toBe('OK\n')
  }, 60_000)

  test('as a redaction covers what was drawn where it moves, leaves the rest, silences, and needs other eyes', async () => {
    const areas = [
      {
        from: 2,
        to: 8,
        frames: [
          { at: 2, box: { x: 0.05, y: 0.1, w: 0.2, h: 0.3 } },
          { at: 8, box: { x: 0.7, y: 0.5, w: 0.2, h: 0.3 } },
        ],
      },
    ]
    const copy = await made(
      { kind: 'redaction', style: 'black', areas, mutes: [{ from: 3, to: 5 }], marked: false },
      { purpose: 'disclosure' },
    )
    expect(copy).toMatchObject({ status: 'made', made: { covers: { from: 0, to: 12 } } })
    const path = `/derivatives/${copy.id}`
    const file = await fetched(`${path}/media`, 'officer', 'copy.mp4')
    const [five, nine] = [
      apart(await frameAt(original, 5), await frameAt(file, 5), { x: 0.375, y: 0.3, w: 0.2, h: 0.3 }),
      apart(await frameAt(original, 9), await frameAt(file, 9), { x: 0.7, y: 0.5, w: 0.2, h: 0.3 }),
    ]
    expect(five.inside).toBeGreaterThan(40)
    expect(five.outside).toBeLessThan(6)
    expect(nine.inside).toBeLessThan(6)
    expect(await loudness(file, 3, 2)).toBeLessThan(-80)
    expect(await loudness(file, 6, 2)).toBeGreaterThan(-30)

    // Nobody reviews what they drew, and nobody what they have not seen.
    expect(await t.post('officer', `${path}/review`, { approved: true, words: '没有漏遮' })).toMatchObject({
      status: 403,
    })
    const unseen = await t.post('head', `${path}/review`, { approved: true, words: '没有漏遮' })
    expect(unseen).toMatchObject({ body: { code: 'incomplete' } })
    const viewing = await t.post('head', `/recordings/${film}/viewings`, {
      purpose: 'review',
      derivativeId: copy.id,
    })
    // Until then it waits on the desk of those who may review it, and not on that of the one who drew it.
    const waiting = async (who: Parameters<typeof t.ask>[0]) =>
      (await (await t.ask(who, 'GET', '/derivatives/waiting')).json()).items
    expect(await waiting('head')).toMatchObject([{ id: copy.id, recordingId: film, wants: 'review' }])
    expect(await waiting('officer')).toEqual([])
    // As if it had been opened a minute ago: no test waits for a film.
    const owner = await t.x.test.connectAs('owner')
    await owner.query('ALTER TABLE app.recording_viewing DISABLE TRIGGER USER')
    const early = `00000${viewing.body.id?.slice(5)}`
    await owner.query('UPDATE app.recording_viewing SET viewing_id = $2 WHERE viewing_id = $1', [
      viewing.body.id,
      early,
    ])
    await owner.query('ALTER TABLE app.recording_viewing ENABLE TRIGGER USER')
    await t.post('head', `/viewings/${early}/watched`, { part: 0, ranges: [{ from: 0, to: 12 }] })
    expect((await viewOf(copy.id, 'head')).watched).toMatchObject({ seconds: 12 })
    const release = { recipient: '宣传部门', reason: '经批准的宣传' }
    expect((await t.post('custodian', `${path}/release`, release)).status).toBe(403)
    expect((await t.post('head', `${path}/review`, { approved: true, words: '没有漏遮' })).status).toBe(200)
    expect(await waiting('head')).toEqual([])
    expect(await waiting('custodian')).toMatchObject([{ id: copy.id, wants: 'release' }])
    expect((await t.post('custodian', `${path}/release`, release)).status).toBe(200)
    expect(await waiting('custodian')).toEqual([])
    expect((await t.ask('custodian', 'GET', `${path}/proof`)).status).toBe(409)
    // Whoever watches over it is told of those who watched the copy, and that it was the copy.
    const viewings = await (await t.ask('supervisor', 'GET', `/recordings/${film}/viewings`)).json()
    expect(viewings.items).toMatchObject([{ copy: copy.number, coveredSeconds: 12 }])
    expect(viewings.items).toHaveLength(1)
  }, 60_000)

  test('with a mark says for whom it is; exact to the second; the original stays as it was', async () => {
    expect((await ask({ kind: 'watermark' })).body).toMatchObject({ code: 'incomplete' })
    const marked = await made({ kind: 'watermark', range: { from: 2, to: 4 } }, { recipient: '李某' })
    expect(marked).toMatchObject({ status: 'made', recipient: '李某', made: { covers: { from: 2, to: 4 } } })
    expect(marked.made?.durationSeconds).toBeCloseTo(2, 1)
    const file = await fetched(`/derivatives/${marked.id}/media`, 'officer', 'marked.mp4')
    const bottom = apart(await frameAt(original, 3), await frameAt(file, 1), {
      x: 0.1,
      y: 0.86,
      w: 0.8,
      h: 0.12,
    })
    expect(bottom.inside).toBeGreaterThan(8)
    const view = await (await t.ask('officer', 'GET', `/recordings/${film}`)).json()
    const media = await t.ask('officer', 'GET', `/recordings/${film}/media`)
    expect(sha256(Buffer.from(await media.arrayBuffer()))).toBe(view.stored.sha256)
    expect(view.stored.sha256).toBe(sha256(await readFile(original)))
  }, 60_000)

  test('that cannot be made says why, and is made again when it can be', async () => {
    const { id = '' } = (await ask({ kind: 'clip', range: { from: 1, to: 3 }, exact: true })).body
    const { tools: _, ...without } = making
    await makeDerivative(without, { agencyId: TEST_AGENCY, derivativeId: id })
    expect(await viewOf(id)).toMatchObject({
      status: 'failed',
      failed: { why: '本机没有安装音像工具 ffmpeg，不能制作副本' },
    })
    expect((await t.post('outsider', `/derivatives/${id}/retry`, {})).status).toBe(404)
    expect((await t.post('officer', `/derivatives/${id}/retry`, {})).status).toBe(200)
    await makeDerivative(making, { agencyId: TEST_AGENCY, derivativeId: id })
    await makeDerivative(making, { agencyId: TEST_AGENCY, derivativeId: id })
    const again = await viewOf(id)
    expect(again).toMatchObject({ status: 'made', made: { covers: { from: 1, to: 3 } } })
    expect(again.made?.durationSeconds).toBeCloseTo(2, 1)
    const withdrawn = await t.post('officer', `/derivatives/${id}/withdraw`, { reason: '截错了时段' })
    expect(withdrawn.status).toBe(200)
    expect(await viewOf(id)).toMatchObject({ status: 'withdrawn' })
  }, 60_000)

  test('that is given up again after it was asked for again says so again, and can be made once more', async () => {
    const { id = '' } = (await ask({ kind: 'clip', range: { from: 1, to: 3 }, exact: true })).body
    const job = { agencyId: TEST_AGENCY, derivativeId: id }
    for (const _ of [1, 2]) {
      await giveDerivativeUp(making, job)
      expect(await viewOf(id)).toMatchObject({
        status: 'failed',
        failed: { why: expect.stringContaining('多次制作') },
      })
      expect((await t.post('officer', `/derivatives/${id}/retry`, {})).status).toBe(200)
    }
    expect(await viewOf(id)).toMatchObject({ status: 'making' })
  })

  test('tells what it is about to keep before the store has it: nothing of a cut-off attempt belongs to nothing', async () => {
    const { id = '' } = (await ask({ kind: 'clip', range: { from: 5, to: 7 }, exact: false })).body
    const adopted: string[] = []
    const { store } = making.blobs
    const adopt = async (path: string, digest: string) => {
      const done = await store.adopt(path, digest)
      adopted.push(digest)
      if (adopted.length === 2) throw new Error('cut off')
      return done
    }
    const cut = { ...making, blobs: { ...making.blobs, store: { ...store, adopt } } }
    const job = { agencyId: TEST_AGENCY, derivativeId: id }
    await expect(makeDerivative(cut, job)).rejects.toThrow('cut off')
    const owner = await t.x.test.connectAs('owner')
    const { rows } = await owner.query<{ sha256: string }>(
      'SELECT sha256 FROM app.derivative_bytes WHERE derivative_id = $1',
      [id],
    )
    expect(rows.map((r) => r.sha256).toSorted()).toEqual(adopted.toSorted())
    expect((await t.post('officer', `/derivatives/${id}/withdraw`, { reason: '截错了' })).status).toBe(403)
    await Promise.all([makeDerivative(making, job), makeDerivative(making, job)])
    expect(await viewOf(id)).toMatchObject({ status: 'made' })
  })

  test('of a film whose clock does not begin at 0 is cut where the player shows it', async () => {
    const late = join(t.x.test.dataDir, 'late.mp4')
    await run('ffmpeg', ['-v', 'error', '-i', original, '-c', 'copy', '-output_ts_offset', '5', late])
    const id = await t.recorded(late)
    await checkRecording(t.deps, { recordingId: id, agencyId: TEST_AGENCY })
    const spec = { kind: 'clip', range: { from: 3.3, to: 6 }, exact: false }
    const asked = { spec, purpose: 'evidence', reason: '复议答复举证' }
    const copy = (await t.post('officer', `/recordings/${id}/derivatives`, asked)).body.id ?? ''
    await makeDerivative(making, { agencyId: TEST_AGENCY, derivativeId: copy })
    const [view] = (await (await t.ask('officer', 'GET', `/recordings/${id}/derivatives`)).json()).items
    const { from } = view.made.covers
    expect(from).toBeGreaterThan(2.8)
    expect(from).toBeLessThanOrEqual(3.01)
    const file = await fetched(`/derivatives/${copy}/media`, 'officer', 'late-clip.mp4')
    const whole = { x: 0, y: 0, w: 1, h: 1 }
    expect(apart(await frameAt(original, from + 1), await frameAt(file, 1), whole).inside).toBeLessThan(6)
  })

  test('is refused beyond the end of the film and for nothing; the same request is one copy', async () => {
    expect((await ask({ kind: 'clip', range: { from: 5, to: 60 }, exact: false })).body.code).toBe(
      'incomplete',
    )
    const nothing: Spec = { kind: 'redaction', style: 'black', areas: [], mutes: [], marked: false }
    expect((await ask(nothing)).body.code).toBe('incomplete')
    const key = randomUUID()
    const before = (await list()).length
    const body = {
      spec: { kind: 'clip', range: { from: 1, to: 2 }, exact: true },
      purpose: 'other',
      reason: '重复',
    }
    const twice = [1, 2].map(() =>
      t.ask('officer', 'POST', `/recordings/${film}/derivatives`, body, { 'idempotency-key': key }),
    )
    const ids = await Promise.all((await Promise.all(twice)).map(async (a) => (await a.json()).id))
    expect(new Set(ids).size).toBe(1)
    expect((await list()).length).toBe(before + 1)
    // It took one number: the next copy has the next.
    const serial = (d: DerivativeView | undefined) => Number(/(\d+)号$/.exec(d?.number ?? '')?.[1])
    const first = serial(await viewOf(ids[0] ?? ''))
    const next = (await ask({ kind: 'clip', range: { from: 1, to: 2 }, exact: true })).body
    expect(serial(await viewOf(next.id ?? ''))).toBe(first + 1)
  })

  test('does not exist for another agency, nor for who may not view its original, on any route', async () => {
    const [copy] = await list()
    const at = `/derivatives/${copy?.id}`
    const words = { reason: '不相干的人' }
    const spec: Spec = { kind: 'clip', range: { from: 1, to: 2 }, exact: true }
    const routes: readonly (readonly [method: string, path: string, body?: unknown])[] = [
      ['GET', `/recordings/${film}/derivatives`],
      ['POST', `/recordings/${film}/derivatives`, { spec, purpose: 'evidence', ...words }],
      ['POST', `${at}/retry`, {}],
      ['POST', `${at}/review`, { approved: true, words: '没有漏遮' }],
      ['POST', `${at}/release`, { recipient: '某人', ...words }],
      ['POST', `${at}/withdraw`, words],
      ['GET', `${at}/media`],
      ['GET', `${at}/media?copy=true`],
      ['GET', `${at}/proof`],
      ['GET', `${at}/proof?chunks=included`],
    ]
    for (const who of ['stranger', 'outsider'])
      for (const [method, path, body] of routes)
        expect((await t.ask(who, method, path, body)).status, `${who} ${method} ${path}`).toBe(404)
    expect(await viewOf(copy?.id ?? '')).toEqual(copy)
  })

  test('zml-13-2 leaves under an entry of the case that is for it, for its receiver, and once', async () => {
    const link = t.link(film)
    expect((await t.post('officer', link.path, link.body)).status).toBe(200)
    const clip = await made({ kind: 'clip', range: { from: 1, to: 2 }, exact: true })
    const release = (recipient = '某区人民政府') =>
      t.post('custodian', `/derivatives/${clip.id}/release`, { recipient, reason: '复议答复' })
    const refused = { body: { code: 'law-gate' } }
    expect(await release()).toMatchObject(refused)
    await enter({ applicantKind: 'supervisor', kind: 'copy', reader: '某区人民政府' })
    expect(await release()).toMatchObject(refused)
    await enter({ applicantKind: 'internal', kind: 'copy', reader: '某区人民政府' })
    expect(await release('别的单位')).toMatchObject(refused)
    expect((await release()).status).toBe(200)
    expect(await release()).toMatchObject(refused)
    expect((await viewOf(clip.id)).releases).toHaveLength(1)
  }, 60_000)
})
