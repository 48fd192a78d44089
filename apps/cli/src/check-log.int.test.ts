import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { utf8 } from '@liuhen/ledger/bytes'
import { formatCheckpoint } from '@liuhen/ledger/checkpoint'
import { appendEntries, emptyEdge, rebuildLog } from '@liuhen/ledger/edge'
import { ed25519NoteKey, formatNote, formatVkey, signEd25519 } from '@liuhen/ledger/note'
import { nodePrimitives } from './node-primitives.ts'

const { sha256 } = nodePrimitives
const SCRIPT = new URL('../../../vectors/check-log.py', import.meta.url).pathname
const ORIGIN = 'log.example.gov.cn/enforcement/1'
const SEED = new Uint8Array(32).fill(3)
const VKEY = formatVkey(ed25519NoteKey(ORIGIN, SEED))

let place = ''
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'liuhen-log-'))
})
afterAll(() => rm(place, { recursive: true }))

/** A log as the sequencer and the signer leave it, written in two batches. */
const logOf = (size: number): Map<string, Uint8Array> => {
  const entries = Array.from({ length: size }, (_, i) => utf8(`{"n":${i}}`))
  const half = appendEntries(sha256, emptyEdge, entries.slice(0, size >> 1))
  const whole = appendEntries(sha256, half.edge, entries.slice(size >> 1))
  const text = formatCheckpoint({ origin: ORIGIN, size, root: whole.root })
  const note = formatNote({ text, signatures: [signEd25519(ORIGIN, SEED, text)] })
  const files = [...half.files, ...whole.files].map((f): [string, Uint8Array] => [f.path, f.bytes])
  return new Map([...files, ['checkpoint', utf8(note)]])
}

const check = async (name: string, files: ReadonlyMap<string, Uint8Array>): Promise<string> => {
  const root = join(place, name)
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), bytes)
  }
  return new Promise((resolve) => {
    execFile('python3', [SCRIPT, root, VKEY], (_, stdout) => resolve(stdout))
  })
}

describe('vectors/check-log.py, without any of this code', () => {
  it.each([0, 1, 2, 255, 256, 257, 511, 512, 65_536, 65_537, 70_000])(
    'agrees about a log of %i entries',
    async (size) => {
      const files = logOf(size)
      expect(await check(`whole-${size}`, files)).toBe(`OK ${ORIGIN} ${size} entries\n`)
      const { faults } = await rebuildLog(sha256, size, async (path) => files.get(path))
      expect(faults).toEqual([])
    },
  )

  it.each(['tile/entries/001.p/44', 'tile/0/000', 'tile/1/000.p/1', 'checkpoint'])(
    'agrees that %s was changed',
    async (path) => {
      const files = logOf(300)
      const bytes = files.get(path)!
      files.set(path, bytes.with(bytes.length - 8, bytes.at(-8)! ^ 1))
      expect(await check(`changed-${path.replaceAll('/', '-')}`, files)).toContain(`FAIL ${ORIGIN}`)
    },
  )
})
