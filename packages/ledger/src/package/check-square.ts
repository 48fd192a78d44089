import { parseCheckpoint, type Checkpoint } from '../checkpoint.ts'
import { readHeldCheckpoint, type Square } from '../held-checkpoint.ts'
import { readKeysFile } from '../keys/file.ts'
import { keysBefore, type FormerKey } from '../keys/follow.ts'
import { verifyConsistency, verifyInclusion } from '../merkle.ts'
import { keyFingerprint, parseNote } from '../note.ts'
import type { LogFinding } from './check-log.ts'
import * as at from './paths.ts'
import type { Primitives } from './primitives.ts'
import type { Scan } from './read-package.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

/** Asks for the proof that the log of `to` entries goes on from that of `from`; undefined when none came. */
export type AskConsistency = (from: number, to: number) => Promise<readonly Uint8Array[] | undefined>

type Context = Readonly<{
  scan: Scan
  log: LogFinding
  /** What the keeper gives as its newest checkpoint. */
  newest: Checkpoint | undefined
  /** Of the paper that was verified, if one was. */
  documentId?: string
  ask: AskConsistency
  primitives: Primitives
}>

const PATH = 'square'

/** The key that signed the log's checkpoint and, along the rotations backwards, those that it had before. */
const keysOf = ({ scan, log, primitives }: Context): readonly FormerKey[] => {
  const { key, checkpoint } = log
  if (!key || !checkpoint) return []
  const { size, root, origin } = checkpoint
  const bytes = scan.files.get(at.KEYS)?.bytes
  const read =
    bytes &&
    readKeysFile(bytes, {
      hashes: primitives,
      verify: primitives.verifyEd25519,
      stands: (claim) => verifyInclusion(primitives.sha256, { ...claim, size, root }),
    })
  return [{ key: key.key }, ...keysBefore(key.key, read?.ok === true ? read.value : [], origin)]
}

const KEEP = '请保存好纸质文书，向机关或者它的监督机关反映'
const REWRITTEN = '这就是日志被改写的证据，请妥善保管这份纸质文书'

const compare = async (c: Context, held: Checkpoint, ours: Checkpoint, said: string): Promise<Item> => {
  const [first, second] = held.size <= ours.size ? [held, ours] : [ours, held]
  if (held.size > ours.size && c.newest !== undefined && c.newest.size < held.size)
    return fail(
      'square',
      PATH,
      `日志现在只有 ${c.newest.size} 条，比二维码里的 ${held.size} 条还少；${REWRITTEN}`,
    )
  const proof = first.size === 0 || first.size === second.size ? [] : await c.ask(first.size, second.size)
  if (proof === undefined)
    return notChecked(
      'square',
      PATH,
      `网站没有给出日志前 ${first.size} 条与前 ${second.size} 条前后一致的证明。可能是一时的故障，也可能是日志改写过、给不出来。请稍后再试；一直取不到的，${KEEP}`,
    )
  const claim = {
    first: first.size,
    second: second.size,
    firstRoot: first.root,
    secondRoot: second.root,
    proof,
  }
  return verifyConsistency(c.primitives.sha256, claim)
    ? pass('square', PATH, `二维码里的检查点：前 ${held.size} 条${said}`)
    : fail('square', PATH, `日志不是由二维码里的检查点（${held.size} 条）延续而来；${REWRITTEN}`)
}

type Held = Readonly<{ item: Item; isKeyShown: boolean }>
const open = (why: string): Held => ({ item: notChecked('square', PATH, why), isKeyShown: false })

const checkHeld = async (c: Context, note: string | undefined): Promise<Held> => {
  if (note === undefined) return open('这个二维码里没有检查点')
  const ours = c.log.checkpoint
  const text = parseNote(note)?.text
  const stated = text === undefined ? undefined : parseCheckpoint(text)
  if (!stated) return open('没有读到检查点，请把扫描得到的文字完整粘贴，不要改动换行')
  if (!ours) return open('没有可以比对的检查点')
  if (stated.origin !== ours.origin)
    return open(
      `二维码里的检查点属于日志 ${stated.origin}，网站给出的是另一份日志 ${ours.origin}，两者没有比对。系统由备份恢复以后日志会改用新名；换名也可能是为了掩盖改写，本页分不清。请要求机关说明换名的时间和原因；说不清的，${KEEP}`,
    )
  const by = keysOf(c)
    .toSorted((a, b) => Number(Boolean(a.revokedSince)) - Number(Boolean(b.revokedSince)))
    .find(({ key }) => readHeldCheckpoint(note, [key], c.primitives.verifyEd25519) !== undefined)
  if (!by) {
    const why = '二维码里的检查点没有这份日志的公钥（包括换下来的公钥）的有效签名'
    return { item: fail('square', PATH, why), isKeyShown: false }
  }
  const { revokedSince } = by
  const said =
    revokedSince === undefined
      ? ''
      : `；签名的公钥（指纹 ${keyFingerprint(by.key)}）自 ${revokedSince} 起吊销，以树根比对为准`
  const item = await compare(c, stated, ours, said)
  return { item, isKeyShown: item.result === 'PASS' && revokedSince === undefined }
}

export type SquareFinding = Readonly<{
  items: readonly Item[]
  /** The log's key, or one that handed over to it, signed what stands on the paper: whoever trusts the paper knows the key. */
  isKeyShown: boolean
}>

/** Whether the log goes on from the checkpoint in a paper's square, and whether the file is the paper that bears it. */
export const checkSquare = async (square: Square, c: Context): Promise<SquareFinding> => {
  const { item: held, isKeyShown } = await checkHeld(c, square.note)
  if (square.documentId === undefined || c.documentId === undefined) return { items: [held], isKeyShown }
  return square.documentId === c.documentId
    ? { items: [held, pass('square-paper', PATH)], isKeyShown }
    : {
        items: [held, fail('square-paper', PATH, '文件是日志里的另一份文书，不是这个二维码所指的那一份')],
        isKeyShown: false,
      }
}
