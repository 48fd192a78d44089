import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { utf8 } from '@liuhen/ledger/bytes'
import { formatCheckpoint } from '@liuhen/ledger/checkpoint'
import { appendEntries, emptyEdge } from '@liuhen/ledger/edge'
import { leafHash } from '@liuhen/ledger/leaf'
import { ed25519NoteKey, formatNote, formatVkey, signEd25519 } from '@liuhen/ledger/note'
import { formatReceipt } from '@liuhen/ledger/receipt'
import { sm2NoteKey } from '@liuhen/ledger/sm2-line'
import { decodeBundle, encodeBundle } from '@liuhen/ledger/tiles'
import { logCheckers, type LogCheckers, type Said } from '../../../test/test-log-checkers.ts'
import { makeTestToken } from '../../../test/test-token.ts'
import { openSigner } from '../../server/src/ledger/signer.ts'
import { tokenKeys } from '../../server/src/ledger/token-keys.ts'
import { makeSm2Key, publicOf, signSm2 } from '../../server/src/seal/sm2-key.ts'
import { checkLogCommand } from './check-log.ts'
import { nodePrimitives } from './node-primitives.ts'

const { sha256 } = nodePrimitives
const ORIGIN = 'log.example.gov.cn/enforcement/1'
const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n)
const VKEY = formatVkey(ed25519NoteKey(ORIGIN, seed(3)))

const SM2_SECRET = makeSm2Key()
const SM2 = sm2NoteKey(ORIGIN, publicOf(SM2_SECRET))

type Files = Map<string, Uint8Array>

let place = ''
let checkers: LogCheckers
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'liuhen-log-'))
  checkers = await logCheckers(place)
})
afterAll(() => rm(place, { recursive: true }))
const write = (name: string, files: Files): Promise<string> => checkers.write(name, files)
const ask = (folder: string, vkey = VKEY): Promise<Record<string, Said>> => checkers.ask(folder, vkey)
const all = (said: Said): Record<string, Said> => checkers.all(said)

const noteOf = (size: number, root: Uint8Array, key: Uint8Array, hasSm2 = false): Uint8Array => {
  const text = formatCheckpoint({ origin: ORIGIN, size, root })
  const sm2 = { name: ORIGIN, keyId: SM2.keyId, signature: signSm2(SM2_SECRET, utf8(text)) }
  return utf8(formatNote({ text, signatures: [signEd25519(ORIGIN, key, text), ...(hasSm2 ? [sm2] : [])] }))
}

/** A log as the sequencer and the signer leave it, written in two batches. */
const logOf = (size: number, hasSm2 = false): Files => {
  const entries = Array.from({ length: size }, (_, i) => utf8(`{"n":${i}}`))
  const half = appendEntries(sha256, emptyEdge, entries.slice(0, size >> 1))
  const whole = appendEntries(sha256, half.edge, entries.slice(size >> 1))
  const files = [...half.files, ...whole.files].map((f): [string, Uint8Array] => [f.path, f.bytes])
  return new Map([...files, ['checkpoint', noteOf(size, whole.root, seed(3), hasSm2)]])
}

const flip = (files: Files, path: string, at: number): void => {
  const bytes = files.get(path)
  if (bytes === undefined) throw new Error(`no ${path}`)
  const i = at < 0 ? bytes.length + at : at
  files.set(path, bytes.with(i, bytes[i]! ^ 1))
}

/** Another entry, and the tile that goes with it: whoever takes hashes from tiles does not see it. */
const forge = (files: Files, index: number): void => {
  const n = String(Math.floor(index / 256)).padStart(3, '0')
  const [bundle, tile] = [`tile/entries/${n}`, `tile/0/${n}`]
  const entries = decodeBundle(files.get(bundle)!) ?? []
  const forged = utf8('{"n":"forged"}')
  files.set(bundle, encodeBundle(entries.with(index % 256, forged)))
  const hashes = files.get(tile)!.slice()
  hashes.set(leafHash(sha256, forged), (index % 256) * 32)
  files.set(tile, hashes)
}

const FORGERIES: readonly (readonly [string, number, (files: Files) => void])[] = [
  ['a byte of an entry flipped', 300, (f) => flip(f, 'tile/entries/000', 5)],
  ['a byte of the last, partial bundle flipped', 300, (f) => flip(f, 'tile/entries/001.p/44', -2)],
  ['a byte of a tile flipped', 300, (f) => flip(f, 'tile/0/000', 8_191)],
  ['a byte of a tile of tiles flipped', 300, (f) => flip(f, 'tile/1/000.p/1', 0)],
  ['a byte of the signature flipped', 300, (f) => flip(f, 'checkpoint', -8)],
  ['a tile missing', 300, (f) => void f.delete('tile/0/001.p/44')],
  ['a full tile missing', 600, (f) => void f.delete('tile/0/001')],
  ['a bundle missing', 300, (f) => void f.delete('tile/entries/000')],
  ['an entry added to a full bundle', 300, (f) => addTo(f, 'tile/entries/000')],
  ['a wrong root, signed', 300, (f) => void f.set('checkpoint', noteOf(300, sha256(utf8('x')), seed(3)))],
  [
    'the root of zeros for the empty log, signed',
    0,
    (f) => void f.set('checkpoint', noteOf(0, new Uint8Array(32), seed(3))),
  ],
  ['another key', 300, (f) => void f.set('checkpoint', noteOf(300, rootOf(300), seed(4)))],
  ['an entry forged together with its tile', 70_000, (f) => forge(f, 25_700)],
]

function addTo(files: Files, path: string): void {
  files.set(path, encodeBundle([...(decodeBundle(files.get(path)!) ?? []), utf8('{"n":"added"}')]))
}

function rootOf(size: number): Uint8Array {
  const entries = Array.from({ length: size }, (_, i) => utf8(`{"n":${i}}`))
  return appendEntries(sha256, emptyEdge, entries).root
}

describe('three checkers that share no code', () => {
  it.each([0, 1, 2, 255, 256, 257, 65_537, 70_000])('agree about a log of %i entries', async (size) => {
    // Those that do not know the SM2 line pass over it.
    const folder = await write(`whole-${size}`, logOf(size, true))
    expect(await ask(folder)).toEqual(all({ code: 0, last: `OK ${ORIGIN} ${size} entries` }))
  })

  it.each(FORGERIES)('all see %s', async (name, size, forgery) => {
    const files = logOf(size)
    forgery(files)
    const folder = await write(name.replaceAll(/\W/g, '-'), files)
    expect(await ask(folder)).toEqual(all({ code: 1, last: `FAIL ${ORIGIN} ${size} entries` }))
  })

  it('agree about a log whose key is in a token', async () => {
    const { settings } = makeTestToken(place)
    const token = tokenKeys(settings, ORIGIN)
    const signer = await openSigner({ folder: join(place, 'signer'), origin: ORIGIN, token })
    const answer = await signer.sign({ size: 3, root: rootOf(3), proof: [] })
    const files = logOf(3).set('checkpoint', utf8('note' in answer ? answer.note : ''))
    const said = await ask(await write('token', files), (await signer.status()).vkey)
    expect(said).toEqual(all({ code: 0, last: `OK ${ORIGIN} 3 entries` }))
  })

  it('our own demands the SM2 line of whoever names its key', async () => {
    const told = async (secret: string): Promise<number> => {
      const lines: string[] = []
      const say = (line: string): void => void lines.push(line)
      const sm2 = formatVkey(sm2NoteKey(ORIGIN, publicOf(secret)))
      return checkLogCommand(await write('sm2', logOf(3, true)), VKEY, { out: say, err: say }, { sm2 })
    }
    expect(await told(SM2_SECRET)).toBe(0)
    expect(await told(makeSm2Key())).toBe(1)
  })

  it('our own tells whether the log keeps what a receipt promised', async () => {
    const folder = await write('receipt', logOf(300))
    const leafOf = (text: string): Uint8Array => leafHash(sha256, utf8(text))
    const told = async (leaf: Uint8Array, key = seed(3)): Promise<Said> => {
      const text = formatReceipt({
        origin: ORIGIN,
        acceptedAt: '2026-03-02T09:00:00+08:00',
        mmdSeconds: 60,
        leafHashes: [leafOf('{"n":7}'), leaf],
      })
      const file = join(place, 'receipt.txt')
      await writeFile(file, formatNote({ text, signatures: [signEd25519(ORIGIN, key, text)] }))
      const lines: string[] = []
      const say = (line: string): void => void lines.push(line)
      const code = await checkLogCommand(folder, VKEY, { out: say, err: say }, { receipt: file })
      return { code, last: lines.at(-1) ?? '' }
    }
    expect(await told(leafOf('{"n":299}'))).toMatchObject({
      code: 0,
      last: expect.stringContaining('已兑现'),
    })
    expect(await told(leafOf('{"n":300}'))).toMatchObject({
      code: 1,
      last: expect.stringContaining('没有兑现'),
    })
    expect(await told(leafOf('{"n":299}'), seed(4))).toMatchObject({ code: 3 })
  })

  it('pass no checkpoint of which a byte was changed', async () => {
    const size = 3
    const bytes = logOf(size).get('checkpoint')!
    const passed: string[] = []
    for (let at = 0; at < bytes.length; at += 7) {
      const files = logOf(size)
      flip(files, 'checkpoint', at)
      const folder = await write(`checkpoint-${at}`, files)
      for (const [name, { code }] of Object.entries(await ask(folder))) {
        if (code === 0) passed.push(`${name} at ${at}`)
      }
    }
    expect(passed).toEqual([])
  })
})
