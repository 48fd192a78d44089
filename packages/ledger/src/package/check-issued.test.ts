import { describe, expect, it } from 'vitest'
import { withNewManifests } from '../../../../test/mutation/mutants.ts'
import { decodeUtf8, toBase64, utf8 } from '../bytes.ts'
import { formatCheckpoint, parseCheckpoint, type Checkpoint } from '../checkpoint.ts'
import { pureHashes } from '../hashes.ts'
import { makeLeaf } from '../leaf.ts'
import { ed25519NoteKey, formatNote, formatVkey, signEd25519 } from '../note.ts'
import type { CheckedEvent } from './check-events.ts'
import { checkIssued } from './check-issued.ts'
import { checkLog } from './check-log.ts'
import * as at from './paths.ts'
import { purePrimitives } from './primitives.ts'
import { memoryReader, samplePackage } from './sample-package.ts'
import { verifyPackage } from './verify.ts'

const sample = samplePackage(pureHashes)
const sizes = [...new Set([...sample.files.keys()].flatMap((path) => at.parseIssuedPath(path) ?? []))]
const [printed = 0, handed = 0] = sizes.toSorted((a, b) => a - b)
const PAPER = 'data/documents/0001-立案审批表.pdf'

const issued = async (
  change: (files: Map<string, Uint8Array>) => void = () => undefined,
  { files: of } = sample,
) => {
  const files = new Map(of)
  change(files)
  const report = await verifyPackage(memoryReader(withNewManifests(files)), { policy: sample.policy })
  return { verdict: report.verdict, items: report.items.filter((i) => i.check === 'issued') }
}
const rewritten = (files: ReadonlyMap<string, Uint8Array>, size: number): Uint8Array => {
  const old = parseCheckpoint(decodeUtf8(files.get(at.issuedPath(size, 'checkpoint'))!) ?? '')!
  return utf8(`${old.origin}\n${size}\n${toBase64(old.root.map((b) => b ^ 1))}\n`)
}

describe('checkpoints that were given out before', () => {
  it('are beginnings of this log; the one on a paper is named with the paper', async () => {
    const { verdict, items } = await issued()
    expect(verdict).toBe('PASS')
    expect(items.map((i) => [i.path, i.result])).toEqual([
      [at.issuedPath(printed, 'checkpoint'), 'PASS'],
      [at.issuedPath(handed, 'checkpoint'), 'PASS'],
    ])
    expect(items[0]?.detail).toContain(`印在 ${PAPER} 上`)
    expect(items[0]?.detail).toContain(`前 ${printed} 条`)
    expect(items[1]?.detail).toContain('以前交出的案卷包')
  })

  it('fail where the log that an earlier package was made from is another one', async () => {
    const path = at.issuedPath(handed, 'checkpoint')
    const { verdict, items } = await issued((files) => files.set(path, rewritten(files, handed)))
    expect(verdict).toBe('FAIL')
    expect(items.find((i) => i.result === 'FAIL')).toMatchObject({
      path,
      detail: expect.stringContaining('不相容'),
    })
  })

  it('fail where the file is not what the event says that the paper bears', async () => {
    const path = at.issuedPath(printed, 'checkpoint')
    const { items } = await issued((files) => files.set(path, rewritten(files, printed)))
    expect(items.find((i) => i.result === 'FAIL')).toMatchObject({
      path,
      detail: expect.stringContaining(PAPER),
    })
  })

  it('fail without their proof', async () => {
    const path = at.issuedPath(handed, 'consistency')
    const { items } = await issued((files) => files.delete(path))
    expect(items.find((i) => i.result === 'FAIL')?.path).toBe(path)
  })

  const taken = (files: Map<string, Uint8Array>): void => {
    files.delete(at.issuedPath(printed, 'checkpoint'))
    files.delete(at.issuedPath(printed, 'consistency'))
  }
  it('fail where a paper bears one that the export event says is here, and it was taken out', async () => {
    const { verdict, items } = await issued(taken)
    expect(verdict).toBe('FAIL')
    expect(items.find((i) => i.result === 'FAIL')?.detail).toContain(PAPER)
  })

  it('are not checked, and named, in a package from before export events said so', async () => {
    const { verdict, items } = await issued(taken, samplePackage(pureHashes, { early: true }))
    expect(verdict).toBe('PASS')
    expect(items.find((i) => i.result === 'NOT CHECKED')?.detail).toContain(PAPER)
  })
})

describe('what papers say of the log', () => {
  const SEED = new Uint8Array(32).fill(5)
  const [OURS, BEFORE] = ['log.example/2', 'log.example/1']
  const root = (n: number): Uint8Array => new Uint8Array(32).fill(n)
  const noteOf = (checkpoint: Checkpoint): string => {
    const text = formatCheckpoint(checkpoint)
    return formatNote({ text, signatures: [signEd25519(checkpoint.origin, SEED, text)] })
  }
  const now = noteOf({ origin: OURS, size: 20, root: root(9) })
  const file = (bytes: Uint8Array) => ({ sizeBytes: bytes.length, sha256: '', bytes })
  const scan = {
    items: [],
    files: new Map([
      [at.CHECKPOINT, file(utf8(now))],
      [at.LOG_KEY, file(utf8(`${formatVkey(ed25519NoteKey(OURS, SEED))}\n`))],
    ]),
  }
  const paper = (version: number, checkpoint: Checkpoint): CheckedEvent => {
    const { leaf, hash } = makeLeaf(
      {
        id: '01980000-0000-7000-8000-000000000001',
        streamId: 'case-1',
        version,
        agencyId: 'a',
        type: 'DocumentRendered',
        recordedAt: '2026-03-02T09:00:00+08:00',
        prevLeafHash: version === 1 ? null : new Uint8Array(32),
        parts: {},
      },
      pureHashes,
    )
    const blob = { sha256: 'ab'.repeat(32), sizeBytes: 1 }
    const parts = { public: { blob, checkpoint: noteOf(checkpoint) } }
    return {
      path: `paper-${version}`,
      streamId: 'case-1',
      version,
      leaf,
      leafHash: hash,
      index: version,
      parts,
      here: [],
    }
  }
  const said = (...papers: Checkpoint[]) => {
    const log = checkLog(scan, undefined, purePrimitives)
    expect(log.checkpoint?.size).toBe(20)
    const events = papers.map((c, i) => paper(i + 1, c))
    return checkIssued(scan, log, events, purePrimitives).map((i) => [i.result, i.detail] as const)
  }
  const containing = (...texts: string[]) => expect.stringMatching(texts.join('[^]*'))

  it('is told apart by the name of the log: two papers of one size, from before and after it was restored', () => {
    expect(
      said({ origin: BEFORE, size: 5, root: root(1) }, { origin: OURS, size: 5, root: root(2) }),
    ).toEqual([
      ['NOT CHECKED', containing('paper-1', BEFORE)],
      ['NOT CHECKED', containing('paper-2', '没有附')],
    ])
  })

  it('names each paper, not the first alone', () => {
    const same = { origin: OURS, size: 5, root: root(1) }
    expect(said(same, same)).toEqual([['NOT CHECKED', containing('paper-1、paper-2')]])
  })

  it('fails where two papers contradict each other, under whatever name', () => {
    for (const origin of [OURS, BEFORE])
      expect(said({ origin, size: 5, root: root(1) }, { origin, size: 5, root: root(2) })).toEqual([
        ['FAIL', containing('不同的根', 'paper-1', 'paper-2')],
      ])
  })

  it('is compared without a proof where it is of the size that this log has, or longer', () => {
    expect(said({ origin: OURS, size: 20, root: root(9) })).toMatchObject([['PASS', expect.anything()]])
    expect(said({ origin: OURS, size: 20, root: root(1) })).toMatchObject([['FAIL', expect.anything()]])
    expect(said({ origin: OURS, size: 21, root: root(1) })).toMatchObject([['FAIL', expect.anything()]])
  })
})
