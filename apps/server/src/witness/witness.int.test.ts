import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatCheckpoint, parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { findCosignature } from '@liuhen/ledger/cosignature'
import { leafHash } from '@liuhen/ledger/leaf'
import { consistencyProof, treeRoot } from '@liuhen/ledger/merkle'
import { ed25519NoteKey, formatNote, parseNote, parseVkey, signEd25519 } from '@liuhen/ledger/note'
import { formatAddCheckpoint, readCosignature } from '@liuhen/ledger/witness/add-checkpoint'
import { compareCheckpoints } from '@liuhen/ledger/witness/weigh-checkpoint'
import { nodeHashes } from '../event-store/seal-event.ts'
import { logIdOf, witnessMemory } from './memory.ts'
import { serveWitness } from './serve-witness.ts'
import { openWitness } from './witness.ts'

const { sha256 } = nodeHashes
const ORIGIN = 'test.invalid/log/1'
const SEED = new Uint8Array(32).fill(1)
const LOG = ed25519NoteKey(ORIGIN, SEED)
const NAME = 'witness.test.invalid/1'

let folder = ''
const closers: (() => Promise<void>)[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liuhen-witness-'))
})
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
  await rm(folder, { recursive: true })
})

const leaves = (n: number, word: string): Uint8Array[] =>
  Array.from({ length: n }, (_, i) => leafHash(sha256, Buffer.from(`${word} ${i}`)))
const signed = (size: number, word = 'leaf', origin = ORIGIN, seed = SEED): string => {
  const text = formatCheckpoint({ origin, size, root: treeRoot(sha256, leaves(size, word)) })
  return formatNote({ text, signatures: [signEd25519(origin, seed, text)] })
}
const grow = (oldSize: number, size: number, word = 'leaf'): string =>
  formatAddCheckpoint({
    oldSize,
    proof: oldSize === 0 ? [] : consistencyProof(sha256, leaves(size, word), oldSize),
    checkpoint: signed(size, word),
  })
const open = (at = folder) => openWitness({ folder: at, name: NAME, logs: [LOG] })
const serve = async (at = folder) => {
  const witness = await open(at)
  const served = await serveWitness(witness, { host: '127.0.0.1', port: 0 })
  closers.push(served.close)
  return { url: served.url, vkey: witness.vkey }
}
const post = (url: string, body: string | Uint8Array<ArrayBuffer>) =>
  fetch(`${url}/add-checkpoint`, { method: 'POST', body })

describe('the protocol (C2SP tlog-witness)', () => {
  it('answers each request with its status, and moves only on 200', async () => {
    const { url, vkey } = await serve()
    const table: readonly (readonly [string | Uint8Array<ArrayBuffer>, number])[] = [
      ['', 400],
      [Uint8Array.of(0xff, 0xfe), 400],
      ['old 0\n\nhello', 400],
      [
        formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: signed(3, 'leaf', 'unknown.invalid/1') }),
        404,
      ],
      [
        formatAddCheckpoint({
          oldSize: 0,
          proof: [],
          checkpoint: signed(3, 'leaf', ORIGIN, new Uint8Array(32).fill(2)),
        }),
        403,
      ],
      [grow(2, 5), 409],
      [grow(0, 5), 200],
      [grow(0, 5), 409],
      [grow(5, 5), 200],
      [formatAddCheckpoint({ oldSize: 9, proof: [], checkpoint: signed(5) }), 400],
      [formatAddCheckpoint({ oldSize: 5, proof: [], checkpoint: signed(5, 'other') }), 422],
      [grow(5, 8, 'other'), 422],
      [grow(5, 8), 200],
      [grow(5, 9), 409],
      ['x'.repeat(70_000), 413],
    ]
    const statuses: number[] = []
    for (const [body] of table) statuses.push((await post(url, body)).status)
    expect(statuses).toEqual(table.map(([, status]) => status))
    const conflict = await post(url, grow(5, 9))
    expect(conflict.headers.get('content-type')).toBe('text/x.tlog.size')
    expect(await conflict.text()).toBe('8\n')
    expect((await fetch(`${url}/add-checkpoint`)).status).toBe(405)
    expect((await fetch(`${url}/`)).status).toBe(404)
    expect((await fetch(`${url}/${logIdOf('unknown.invalid/1')}/checkpoint`)).status).toBe(404)
    expect(await (await fetch(`${url}/vkey`)).text()).toBe(`${vkey}\n`)
  })

  it('gives a line that a stranger can check, and shows monitors what it cosigned', async () => {
    const { url, vkey } = await serve()
    const key = parseVkey(vkey)
    if (key === undefined) throw new Error('no key')
    const answer = await (await post(url, grow(0, 5))).text()
    const found = readCosignature(signed(5), answer, key)
    expect(found?.line).toBe(answer)
    expect(Math.abs((found?.seconds ?? 0) - Date.now() / 1000)).toBeLessThan(120)
    const shown = await (await fetch(`${url}/${logIdOf(ORIGIN)}/checkpoint`)).text()
    expect(shown).toBe(signed(5) + answer)
  })
})

describe('its memory', () => {
  it('is on the disk when it answers, and outlives the process', async () => {
    await (await open()).addCheckpoint(grow(0, 5))
    const again = await open()
    expect(await again.addCheckpoint(grow(0, 9))).toMatchObject({ status: 409, size: 5 })
    expect(await again.addCheckpoint(grow(5, 9, 'other'))).toMatchObject({ status: 422 })
    expect(await again.addCheckpoint(grow(5, 9))).toMatchObject({ status: 200 })
  })

  // The race that tlog-witness describes: both are checked against 5, the larger is stored, then the smaller.
  it('is set only where it was read: of two that were checked at once one is told to come again', async () => {
    const one = await open()
    const two = await open()
    expect(await one.addCheckpoint(grow(0, 5))).toMatchObject({ status: 200 })
    for (let from = 5; from < 45; from += 4) {
      const answers = await Promise.all([
        one.addCheckpoint(grow(from, from + 4)),
        two.addCheckpoint(grow(from, from + 2)),
      ])
      const sizes = answers.flatMap((a, i) => (a.status === 200 ? [from + (i === 0 ? 4 : 2)] : []))
      expect(sizes).toHaveLength(1)
      const [size = 0] = sizes
      expect(answers.find((a) => a.status !== 200)).toMatchObject({ status: 409, size })
      if (size < from + 4) await one.addCheckpoint(grow(size, from + 4))
    }
  })

  it('does not give a number twice that was removed as old', async () => {
    const memory = witnessMemory(folder)
    for (let turn = 0; turn < 120; turn++)
      expect(await memory.advance(ORIGIN, turn, `note ${turn}`)).toBe(true)
    expect(await readdir(join(folder, logIdOf(ORIGIN)))).toHaveLength(100)
    expect(await memory.advance(ORIGIN, 3, 'late')).toBe(false)
    expect(await memory.advance(ORIGIN, 118, 'late')).toBe(false)
    expect(await memory.last(ORIGIN)).toEqual({ turn: 120, note: 'note 119' })
  })

  it('signs nothing on a memory that is damaged or gone, and nothing in another name', async () => {
    const witness = await open()
    await witness.addCheckpoint(grow(0, 5))
    const file = join(folder, 'logs', logIdOf(ORIGIN), '000000000001')
    const note = await readFile(file, 'utf8')
    await writeFile(file, note.replace('\n5\n', '\n4\n'))
    await expect((await open()).addCheckpoint(grow(4, 9))).rejects.toThrow('损坏')
    await expect(openWitness({ folder, name: 'other/1', logs: [LOG] })).rejects.toThrow('不能改名')
    await rm(join(folder, 'logs'), { recursive: true })
    await expect(open()).rejects.toThrow('不见了')
    await mkdir(join(folder, 'logs'))
    await rm(join(folder, 'key.pem'))
    await expect(open()).rejects.toThrow('不见了')
  })

  it('signs no second history of one log whose memory alone is gone', async () => {
    await (await open()).addCheckpoint(grow(0, 5))
    await rm(join(folder, 'cosigned', logIdOf(ORIGIN)))
    await open() // puts right what a kill between memory and list leaves
    await rm(join(folder, 'logs', logIdOf(ORIGIN)), { recursive: true })
    const forgetful = await open()
    await expect(forgetful.addCheckpoint(grow(0, 4, 'other'))).rejects.toThrow('不见了')
    await rm(join(folder, 'cosigned'), { recursive: true })
    await expect(open()).rejects.toThrow('不见了')
  })

  it('has a key that its owner alone reads', async () => {
    await open()
    expect((await stat(join(folder, 'key.pem'))).mode & 0o777).toBe(0o600)
  })
})

it('makes of a split view shown to two witnesses a proof that anybody can carry', async () => {
  const [court, archive] = [await serve(join(folder, 'a')), await serve(join(folder, 'b'))]
  expect((await post(court.url, grow(0, 7))).status).toBe(200)
  expect((await post(archive.url, grow(0, 7, 'other'))).status).toBe(200)
  const shown = async (url: string) => (await fetch(`${url}/${logIdOf(ORIGIN)}/checkpoint`)).text()
  const [a, b] = [await shown(court.url), await shown(archive.url)]
  // Nothing but the two notes and the published key of the log.
  expect(compareCheckpoints(a, b, LOG)).toBe('split')
  for (const [note, { vkey }] of [
    [a, court],
    [b, archive],
  ] as const) {
    const parsed = parseNote(note)
    const key = parseVkey(vkey)
    expect(parsed && key && findCosignature(parsed, key)).toBeDefined()
    expect(parseCheckpoint(parsed?.text ?? '')?.size).toBe(7)
  }
  // Neither goes over to the other's history.
  expect((await post(court.url, grow(7, 9, 'other'))).status).toBe(422)
})
