import { sign } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { cosignatureMessage, cosignatureOf, findCosignature, witnessKey } from '@liuhen/ledger/cosignature'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { formatNote, formatVkey, isBy, parseNote, signatureLine, type NoteKey } from '@liuhen/ledger/note'
import {
  readSubmission,
  weighSubmission,
  type Refusal,
  type Seen,
  type Submission,
} from '@liuhen/ledger/witness/weigh-checkpoint'
import { nodeHashes } from '../event-store/seal-event.ts'
import { openKey, publicBytes, readOr, serially } from '../ledger/key-file.ts'
import { writeDurably } from '../ledger/log-folder.ts'
import { logIdOf, witnessMemory, type Remembered } from './memory.ts'

export type WitnessAnswer = Readonly<{ status: 200; line: string }> | Refusal

export type Witness = Readonly<{
  vkey: string
  /** The body of add-checkpoint; undefined when it was no UTF-8. */
  addCheckpoint(body: string | undefined): Promise<WitnessAnswer>
  /** The note cosigned last of the log with this id (SHA-256 of its name in hex), for monitors. */
  shown(logId: string): Promise<string | undefined>
}>

type Options = Readonly<{
  folder: string
  /** Name of the witness, best a URL prefix without a scheme; part of its key, so it never changes. */
  name: string
  logs: readonly NoteKey[]
  /** Seconds since 1970. */
  now?: () => number
}>

const MEMORY = 'logs'
/** One empty file for each log that was ever cosigned, named by its id. */
const COSIGNED = 'cosigned'

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Name and key are made once; a key whose memory is gone would sign a second history, so it signs nothing. */
const openIdentity = async ({ folder, name }: Pick<Options, 'folder' | 'name'>) => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const named = await readOr(join(folder, 'name'))
  if (named !== undefined && named !== `${name}\n`)
    throw new Error(`这个目录属于见证方 ${named.trim()}，不能改名为 ${name}。`)
  const hasMemory = (await isThere(join(folder, MEMORY))) && (await isThere(join(folder, COSIGNED)))
  if (named !== undefined && !hasMemory)
    throw new Error(
      `见证记录 ${join(folder, MEMORY)} 不见了；没有记录就不能再用原来的密钥，请换一个空目录，重新公布公钥。`,
    )
  const key = await openKey(join(folder, 'key.pem'), named === undefined)
  const verifier = witnessKey(name, publicBytes(key))
  await mkdir(join(folder, MEMORY), { recursive: true })
  await mkdir(join(folder, COSIGNED), { recursive: true })
  if (named === undefined) await writeDurably(join(folder, 'name'), `${name}\n`)
  return { key, verifier }
}

/** What was cosigned last, as its own signature says; a memory that does not hold is no memory, and nothing is signed on it. */
const seenIn = (remembered: Remembered, own: NoteKey): Seen => {
  const note = parseNote(remembered.note)
  const checkpoint = note && parseCheckpoint(note.text)
  if (!note || !checkpoint || findCosignature(note, own) === undefined)
    throw new Error('见证记录已经损坏，请停止使用并核查。')
  return checkpoint
}

/** Which logs were ever cosigned, apart from the memory: one that stands here and has no memory was forgotten. */
const cosignedLogs = (folder: string) => {
  const place = (origin: string): string => join(folder, COSIGNED, logIdOf(origin))
  return {
    has: (origin: string): Promise<boolean> => isThere(place(origin)),
    add: async (origin: string): Promise<void> => {
      if (!(await isThere(place(origin)))) await writeDurably(place(origin), '')
    },
  }
}

/** A C2SP tlog-witness over a folder of its own. It believes nobody, and never cosigns two histories of one log. */
export const openWitness = async (options: Options): Promise<Witness> => {
  const { folder, logs, now = () => Math.floor(Date.now() / 1000) } = options
  const { key, verifier } = await openIdentity(options)
  const memory = witnessMemory(join(folder, MEMORY))
  const cosigned = cosignedLogs(folder)
  // Whoever was killed between memory and list left the list behind.
  for (const { name } of logs) if ((await memory.last(name)) !== undefined) await cosigned.add(name)
  const inTurn = serially()

  const cosign = async (submission: Submission): Promise<WitnessAnswer> => {
    const { origin } = submission.checkpoint
    const remembered = await memory.last(origin)
    if (remembered === undefined && (await cosigned.has(origin)))
      throw new Error(`对日志 ${origin} 的见证记录不见了；没有记录就不能再用原来的密钥。`)
    const last = remembered && seenIn(remembered, verifier)
    const refused = weighSubmission(nodeHashes.sha256, submission, last)
    if (refused) return refused
    const { text, signatures } = submission.note
    const seconds = now()
    const own = cosignatureOf(verifier, seconds, sign(null, cosignatureMessage(seconds, text), key))
    const trusted = signatures.filter((s) => logs.some((log) => log.name === origin && isBy(log, s)))
    const kept = await memory.advance(
      origin,
      remembered?.turn ?? 0,
      formatNote({ text, signatures: [...trusted, own] }),
    )
    if (kept) {
      await cosigned.add(origin)
      return { status: 200, line: signatureLine(own) }
    }
    const newer = await memory.last(origin)
    const size = newer === undefined ? 0 : seenIn(newer, verifier).size
    return { status: 409, why: 'another request was quicker', size }
  }
  return {
    vkey: formatVkey(verifier),
    addCheckpoint: async (body) => {
      const submission = readSubmission(body, logs)
      return 'status' in submission ? submission : inTurn(() => cosign(submission))
    },
    shown: async (logId) => {
      const log = logs.find((l) => logIdOf(l.name) === logId)
      return log && (await memory.last(log.name))?.note
    },
  }
}
