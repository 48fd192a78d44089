import { setTimeout as pause } from 'node:timers/promises'
import { consistencyRanges, parseTreeSize } from '@liuhen/ledger/merkle'
import { rangesFromTiles } from '@liuhen/ledger/tiles'
import { formatAddCheckpoint, readCosignature } from '@liuhen/ledger/witness/add-checkpoint'
import { nodeHashes } from '../event-store/seal-event.ts'
import { tileReader } from './log-folder.ts'
import { readAnswer } from './read-answer.ts'
import { REWRITTEN, type WitnessAnswer } from './witness-answers.ts'
import type { WitnessPeer } from './witness-policy.ts'

/** A checkpoint that the log signed, its tiles already in the folder. */
export type Offered = Readonly<{ size: number; note: string }>
export type Cosigned = Readonly<{ size: number; witness: string; line: string; seconds: number }>

export type Witnessing = Readonly<{
  /** The newest checkpoint; one that nobody was asked about yet is passed over. Never waits. */
  offer(checkpoint: Offered): void
  /** Lines that came since the last call. */
  take(): readonly Cosigned[]
  /** Refusals that came since the last call and that nothing has overtaken. */
  takeRefusals(): readonly WitnessAnswer[]
  stop(): Promise<void>
}>

type Options = Readonly<{
  peers: readonly WitnessPeer[]
  folder: string
  onCosigned: () => void
  onError: (error: unknown, text: string) => void
  /** At most one round of questions in this time. */
  roundMs?: number
}>

const ANSWER_MS = 5_000
const ROUND_MS = 1_000
const MAX_BACKOFF_MS = 60_000
const MAX_ANSWER = 64 * 1024

/** `size` is where the witness is, as far as we know; `signed` the checkpoint whose line we have, −1 for none. */
type Asked = {
  peer: WitnessPeer
  size: number
  signed: number
  failures: number
  notBefore: number
  told: string
}

const proofOf = (folder: string, from: number, size: number): Promise<Uint8Array[]> =>
  rangesFromTiles(nodeHashes.sha256, { read: tileReader(folder), size }, consistencyRanges(from, size))

const post = async (
  peer: WitnessPeer,
  body: string,
  until: AbortSignal,
): Promise<{ status: number; text: string }> => {
  const answer = await fetch(`${peer.url}/add-checkpoint`, {
    method: 'POST',
    body,
    redirect: 'error',
    signal: AbortSignal.any([AbortSignal.timeout(ANSWER_MS), until]),
  })
  return { status: answer.status, text: Buffer.from(await readAnswer(answer, MAX_ANSWER)).toString() }
}

const WHY: Readonly<Record<number, string>> = {
  403: '它不认这个日志的签名',
  404: '它不认识这个日志',
  422: '日志与它以前见证过的不一致，请立即运行 fsck 并保全现场',
}

class WitnessRefusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.name = 'WitnessRefusal'
    this.status = status
  }
}

/** Asks one witness; it says with 409 where it is, and is asked once more from there. */
const askOne = async (
  asked: Asked,
  target: Offered,
  { folder, until }: Readonly<{ folder: string; until: AbortSignal }>,
): Promise<Cosigned> => {
  const { peer } = asked
  for (let from = asked.size, again = true; ; again = false) {
    const proof = await proofOf(folder, from, target.size)
    const body = formatAddCheckpoint({ oldSize: from, proof, checkpoint: target.note })
    const { status, text } = await post(peer, body, until)
    const found = status === 200 ? readCosignature(target.note, text, peer.key) : undefined
    if (found) return { size: target.size, witness: peer.key.name, ...found }
    const at = status === 409 ? parseTreeSize(text.trim()) : undefined
    if (at === undefined || !again)
      throw new WitnessRefusal(status === 200 ? 0 : status, WHY[status] ?? `它答 ${status}，没有可用的签名`)
    if (at > target.size) throw new WitnessRefusal(REWRITTEN, `它见证过 ${at} 条，现在只有 ${target.size} 条`)
    from = at
  }
}

/**
 * Asks all witnesses about the same checkpoint, round after round, so that their lines stand together under one. Whoever
 * does not answer is asked ever more seldom; nobody waits for them.
 */
export const startWitnessing = (options: Options): Witnessing => {
  const { peers, folder, onCosigned, onError, roundMs = ROUND_MS } = options
  const all: Asked[] = peers.map((peer) => ({
    peer,
    size: 0,
    signed: -1,
    failures: 0,
    notBefore: 0,
    told: '',
  }))
  const inbox: Cosigned[] = []
  const refusals = new Map<string, WitnessAnswer>()
  const ending = new AbortController()
  let target: Offered | undefined

  const ask = async (asked: Asked, checkpoint: Offered): Promise<void> => {
    try {
      inbox.push(await askOne(asked, checkpoint, { folder, until: ending.signal }))
      const { size } = checkpoint
      refusals.delete(asked.peer.key.name)
      Object.assign(asked, { size, signed: size, failures: 0, notBefore: 0, told: '' })
      onCosigned()
    } catch (error) {
      asked.failures += 1
      asked.notBefore = performance.now() + Math.min(roundMs * 2 ** asked.failures, MAX_BACKOFF_MS)
      // Told once for each reason: one that is away for a day fills no log, and what it says when it is back is heard.
      const why = error instanceof Error ? error.message : String(error)
      if (why !== asked.told) onError(error, `the witness ${asked.peer.name} did not cosign`)
      asked.told = why
      if (!(error instanceof WitnessRefusal)) return
      const witness = asked.peer.key.name
      refusals.set(witness, { witness, size: checkpoint.size, status: error.status, why })
    }
  }
  const round = async (): Promise<void> => {
    const now = target
    if (now === undefined) return
    const open = all.filter((a) => a.signed !== now.size && a.notBefore <= performance.now())
    await Promise.all(open.map((a) => ask(a, now)))
  }
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await round()
      await pause(roundMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  }
  const running = peers.length === 0 ? Promise.resolve() : run()
  return {
    offer: (checkpoint) => {
      target = checkpoint
    },
    take: () => inbox.splice(0),
    takeRefusals: () => {
      const said = [...refusals.values()]
      refusals.clear()
      return said
    },
    stop: async () => {
      ending.abort()
      await running
    },
  }
}
