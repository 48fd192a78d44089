import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { decodeUtf8, utf8 } from '@liuhen/ledger/bytes'
import { formatCheckpoint } from '@liuhen/ledger/checkpoint'
import { leafHash } from '@liuhen/ledger/leaf'
import { formatVkey } from '@liuhen/ledger/note'
import { formatReceipt } from '@liuhen/ledger/receipt'
import { SAMPLE_LOG, sampleKey, sampleLog, signedBy, type SampleEntry } from '@liuhen/ledger/sample-log'
import { checkLogCommand, type CheckLogFlags } from './check-log.ts'
import { EXIT } from './exit.ts'
import { nodePrimitives } from './node-primitives.ts'

const { sha256 } = nodePrimitives
const CHANGED: readonly SampleEntry[] = ['other', 'rotation', 'other']
const REVOKED: readonly SampleEntry[] = [...CHANGED, 'revocation', 'other']

let place = ''
beforeAll(async () => void (place = await mkdtemp(join(tmpdir(), 'liuhen-log-'))))
afterAll(() => rm(place, { recursive: true }))

const put = async (name: string, bytes: string | Uint8Array): Promise<string> => {
  const path = join(place, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
  return path
}
const publish = async (name: string, what: readonly SampleEntry[]): Promise<string> => {
  for (const [path, bytes] of sampleLog(nodePrimitives, what, [2])) await put(join(name, path), bytes)
  return join(place, name)
}
const told = async (folder: string, by: number, flags: CheckLogFlags) => {
  const lines: string[] = []
  const say = (line: string): void => void lines.push(line)
  const code = await checkLogCommand(folder, formatVkey(sampleKey(by)), { out: say, err: say }, flags)
  return { code, said: lines.join('\n') }
}

/** The checkpoint over the first entry, from before the key changed. */
const kept = (by: number): Promise<string> => {
  const first = sampleLog(nodePrimitives, ['other'], [by]).get('checkpoint')!
  return put(`kept-${by}`, decodeUtf8(first) ?? '')
}
const receipt = (by: number, entry: string): Promise<string> => {
  const [acceptedAt, leafHashes] = ['2026-03-02T09:00:00+08:00', [leafHash(sha256, utf8(entry))]]
  const text = formatReceipt({ origin: SAMPLE_LOG, acceptedAt, mmdSeconds: 60, leafHashes })
  return put(`receipt-${by}`, signedBy(text, by))
}

it('what was kept under the key before is compared with the log, whichever of both keys the reader has', async () => {
  const log = await publish('changed', CHANGED)
  for (const by of [1, 2]) {
    const since = await told(log, by, { since: await kept(1) })
    expect(since).toMatchObject({ code: EXIT.ok, said: expect.stringContaining('日志由它延续而来') })
    expect(since.said).not.toContain('吊销')
    expect((await told(log, by, { receipt: await receipt(1, '{"n":0}') })).code).toBe(EXIT.ok)
  }
  expect((await told(log, 2, { since: await kept(3) })).code).toBe(EXIT.broken)
  expect((await told(log, 2, { receipt: await receipt(3, '{"n":0}') })).code).toBe(EXIT.broken)
})

it('after the key before was taken back too, and then it says so', async () => {
  const log = await publish('revoked', REVOKED)
  const since = await told(log, 2, { since: await kept(1) })
  expect(since.code).toBe(EXIT.ok)
  expect(since.said).toContain('自 2026-03-01T00:00:00Z 起吊销，以下只以树根比对为准')
  const promised = await told(log, 2, { receipt: await receipt(1, '{"n":0}') })
  expect(promised).toMatchObject({ code: EXIT.ok, said: expect.stringContaining('起吊销') })
  expect((await told(log, 2, { receipt: await receipt(1, '{"n":9}') })).code).toBe(EXIT.fails)
  const text = formatCheckpoint({ origin: SAMPLE_LOG, size: 1, root: sha256(utf8('another history')) })
  const other = await put('other', signedBy(text, 1))
  expect((await told(log, 2, { since: other })).code).toBe(EXIT.fails)
})

it('a stamp without the checkpoint that it is over is a wrong call', async () => {
  const log = await publish('stamped', CHANGED)
  expect((await told(log, 2, { stamp: await put('stamp', '') })).code).toBe(EXIT.usage)
})
