import { createHash, createPublicKey, verify } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { present } from '@liuhen/domain/present'
import { recordChainCheck } from '@liuhen/domain/recording/commands'
import type { ChainCheck } from '@liuhen/domain/recording/events'
import { isKept, type KeptRecording } from '@liuhen/domain/recording/state'
import { isRefusal } from '@liuhen/domain/refusal'
import type { VerifyP256 } from '@liuhen/ledger/chain/device-key'
import type { Piece } from '@liuhen/ledger/chain/match-pieces'
import type { Registered } from '@liuhen/ledger/chain/match-registration'
import { parseChain, segmentsOf } from '@liuhen/ledger/chain/record'
import { type ChainReport, verifyChain } from '@liuhen/ledger/chain/verify-chain'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import { withAgency } from '../postgres/transaction.ts'
import { actOnRecording } from './act-on-recording.ts'
import type { CheckJob } from './check-recording.ts'
import { keyStatusOf } from './key-status.ts'
import { loadRecording } from './load-recording.ts'
import type { RecordingDeps } from './recording-deps.ts'

const BUFFER_BYTES = 4 * 1024 * 1024

const verifyHere: VerifyP256 = (signature, message, spki) => {
  try {
    const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false
    return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    return false // a key that is none
  }
}

/** The next `bytes` of the file, or what is left of it; undefined at its end. */
const readPiece = async (file: FileHandle, buffer: Buffer, bytes: number): Promise<Piece | undefined> => {
  const hash = createHash('sha256')
  let sizeBytes = 0
  while (sizeBytes < bytes) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, bytes - sizeBytes), null)
    if (bytesRead === 0) break
    hash.update(buffer.subarray(0, bytesRead))
    sizeBytes += bytesRead
  }
  return sizeBytes === 0 ? undefined : { sha256: hash.digest('hex'), sizeBytes }
}

/** A file cut where its chain says; what is left over is a piece of its own. */
const cutFile = async (path: string, lengths: readonly number[]): Promise<readonly Piece[]> => {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(BUFFER_BYTES)
    const pieces: Piece[] = []
    for (const bytes of [...lengths, Number.MAX_SAFE_INTEGER]) {
      const piece = await readPiece(file, buffer, bytes)
      if (piece === undefined) break
      pieces.push(piece)
    }
    return pieces
  } finally {
    await file.close()
  }
}

const readAll = async (deps: RecordingDeps, sha256: string): Promise<Uint8Array> => {
  const parts: Buffer[] = []
  for await (const part of await deps.blobs.store.open(sha256)) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const said = (report: ChainReport, keyStatus: ChainCheck['keyStatus']): ChainCheck => {
  const { verdict, findings, records, segments, key, open: begun, close } = report
  const closed = close && { why: close.why, ...present({ cause: close.cause, detail: close.detail }) }
  return {
    verdict,
    findings: findings.map((f) => ({ ...f })),
    records,
    segments,
    keyStatus,
    ...(key !== undefined && { key }),
    ...(begun && { run: { chain: begun.chain, session: begun.session, take: begun.take } }),
    ...(closed && { closed }),
  }
}

/** A chain names its run; a recording that names none, or another, is not what was signed. It is filed where it lies now, or where it was said to belong. */
const registeredAs = ({ manifest, link }: KeptRecording): Registered => {
  const { session, suggestion, medium, madeFrom: begunAt, madeTo: endedAt } = manifest
  const { caseId, step, scene } = link ?? suggestion ?? {}
  const run = { session: session?.id ?? '', take: session?.segment ?? 0 }
  return { ...run, medium, begunAt, endedAt, case: caseId, step, scene }
}

const checkOne = async (
  deps: RecordingDeps,
  agencyId: string,
  r: KeptRecording & Readonly<{ chain: NonNullable<KeptRecording['chain']> }>,
): Promise<ChainCheck> => {
  const file = await readAll(deps, r.chain.sha256)
  const lengths = segmentsOf(parseChain(file)).map((s) => s.bytes)
  const pieces = await deps.blobs.store.withFile(r.stored.blob.sha256, (path) => cutFile(path, lengths))
  const input = { file, pieces, verify: verifyHere, expects: registeredAs(r) }
  const { key } = verifyChain({ ...input, isVouched: () => true })
  const status = await keyStatusOf(deps.store, agencyId, key, r.manifest.officer.personId)
  return said(verifyChain({ ...input, isVouched: () => status === 'approved' }), status)
}

/**
 * The job that follows a chain and its bytes, its filing, and the approval of its key: recomputes every link. A key that is stopped later takes nothing back: what it signed before was signed by a phone that somebody vouched for. A device that
 * does not sign has no chain, and nothing is said of it.
 */
export const checkChain = async (deps: RecordingDeps, job: CheckJob): Promise<void> => {
  const { state, version } = await withAgency(deps.store, job.agencyId, (tx) =>
    loadRecording(tx, job.recordingId),
  )
  if (!isKept(state) || state.chain === undefined) return
  const check = await checkOne(deps, job.agencyId, { ...state, chain: state.chain })
  const done = await actOnRecording(
    deps,
    {
      commandId: derivedId('check-chain', job.recordingId, String(version), JSON.stringify(check)),
      actor: systemActor(job.agencyId),
      recordingId: job.recordingId,
      what: 'checkChain',
    },
    (s, c) => recordChainCheck(s, check, c.now),
  )
  if (isRefusal(done)) throw new Error(`chain of recording ${job.recordingId}: ${done.code}`)
}
