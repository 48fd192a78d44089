import { decodeUtf8 } from '../bytes.ts'
import { parseCheckpoint, type Checkpoint } from '../checkpoint.ts'
import { checkNote, keyFingerprint, parseNote, parseVkey, type Note, type NoteKey } from '../note.ts'
import { sameKey, type KeyHistory, type KnownKey, type Revoked } from '../keys/follow.ts'
import { checkKeyChanges } from './check-keys.ts'
import * as at from './paths.ts'
import { checkWitnesses, type Witnesses } from './check-witnesses.ts'
import { parsePolicy, type Policy } from './policy.ts'
import type { Primitives } from './primitives.ts'
import type { Scan } from './read-package.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

export type LogFinding = Readonly<{
  items: readonly Item[]
  /** The signed text, present when it could be read; entries are checked against it even if the signature is bad. */
  checkpoint: Checkpoint | undefined
  note: string
  fingerprint: string
  /** The key that the signature was checked with, and how it came to be believed. */
  key: KnownKey | undefined
  /** Keys that are revoked, by the log itself or by the reader's policy. */
  revoked: readonly Revoked[]
  keysTrusted: boolean
  /** The quorum of the policy is met, or, where it asks for none, at least one of its witnesses cosigned. */
  witnessed: boolean
  /** Since when, in milliseconds since 1970. */
  witnessedAt: number | undefined
  witnesses: Witnesses
}>

const textOf = (scan: Scan, path: string): string | undefined => {
  const bytes = scan.files.get(path)?.bytes
  return bytes && decodeUtf8(bytes)
}

const packagedKey = (scan: Scan): NoteKey | undefined => {
  const text = textOf(scan, at.LOG_KEY)
  return text?.endsWith('\n') ? parseVkey(text.slice(0, -1)) : undefined
}

/**
 * The reader's key for this log, or one that theirs handed over to; of several the packaged one first, then one that signed.
 * Without a policy the key in the package, which proves nothing by itself.
 */
const chooseKey = (
  packaged: NoteKey | undefined,
  policy: Policy | undefined,
  note: Note | undefined,
  { history, p }: Readonly<{ history: KeyHistory; p: Primitives }>,
): KnownKey | undefined => {
  if (!policy) return packaged && { key: packaged, via: [], before: [] }
  const isPackaged = ({ key }: KnownKey): boolean => packaged !== undefined && sameKey(key, packaged)
  const { known } = history
  const own = [...known.filter(isPackaged), ...known.filter((k) => !isPackaged(k))]
  return own.find(({ key }) => note && checkNote(note, key, p.verifyEd25519) === 'verified') ?? own[0]
}

const checkKey = (
  packaged: NoteKey | undefined,
  policy: Policy | undefined,
  used: KnownKey | undefined,
): Item[] => {
  if (!packaged) return [fail('log-key', at.LOG_KEY, '缺失或者格式不对')]
  if (!policy) {
    const detail = `未提供信任策略；请将公钥指纹 ${keyFingerprint(packaged)} 与机关公布的指纹比对`
    return [notChecked('log-key', at.LOG_KEY, detail)]
  }
  if (!used) return [fail('log-key', at.LOG_KEY, '信任策略里没有此日志的公钥')]
  if (!sameKey(packaged, used.key)) return [fail('log-key', at.LOG_KEY, '包内公钥与信任策略中的公钥不一致')]
  const [named] = used.before
  const how = named
    ? `；由信任策略里的公钥（指纹 ${keyFingerprint(named)}）依日志第 ${used.via.join('、')} 条的换钥登记换来`
    : ''
  return [pass('log-key', at.LOG_KEY, `指纹 ${keyFingerprint(used.key)}${how}`)]
}

const checkSignature = (note: Note, c: Checkpoint, key: NoteKey | undefined, p: Primitives): Item => {
  if (!key) return fail('checkpoint', at.CHECKPOINT, '没有可用的公钥，签名无法核验')
  if (key.name !== c.origin) return fail('checkpoint', at.CHECKPOINT, '公钥的名称与日志名称不一致')
  switch (checkNote(note, key, p.verifyEd25519)) {
    case 'verified':
      return pass('checkpoint', at.CHECKPOINT, `日志 ${c.origin}，共 ${c.size} 条`)
    case 'bad':
      return fail('checkpoint', at.CHECKPOINT, '签名不成立')
    case 'absent':
      return fail('checkpoint', at.CHECKPOINT, '没有此公钥的签名')
  }
}

/** Who signed what: policy, key, checkpoint, witnesses. */
export const checkLog = (scan: Scan, policyText: string | undefined, p: Primitives): LogFinding => {
  const parsed = policyText === undefined ? undefined : parsePolicy(policyText)
  const policy = parsed?.ok ? parsed.value : undefined
  const packaged = packagedKey(scan)
  const source = textOf(scan, at.CHECKPOINT) ?? ''
  const note = parseNote(source)
  const checkpoint = note && parseCheckpoint(note.text)
  const { items: changes, history } = checkKeyChanges(scan, checkpoint, policy, p)
  const used = parsed?.ok === false ? undefined : chooseKey(packaged, policy, note, { history, p })
  const usable = used?.key
  const signature =
    note && checkpoint
      ? checkSignature(note, checkpoint, usable, p)
      : fail('checkpoint', at.CHECKPOINT, '缺失，或者不是规范的检查点')
  const witness = note && checkWitnesses(note, policy, p)
  const policyItem = parsed && (parsed.ok ? pass('policy', 'policy') : fail('policy', 'policy', parsed.why))
  const shown = usable ?? packaged
  const signed = signature.result === 'PASS'
  return {
    items: [
      ...(policyItem ? [policyItem] : []),
      ...checkKey(packaged, policy, used),
      ...changes,
      signature,
      ...(witness?.items ?? []),
    ],
    checkpoint,
    note: source,
    fingerprint: shown ? keyFingerprint(shown) : '',
    key: used,
    revoked: history.revoked,
    keysTrusted: policy !== undefined && signed,
    witnessed: signed && witness?.witnessed === true,
    witnessedAt: witness?.since === undefined ? undefined : witness.since * 1000,
    witnesses: witness?.counts ?? { confirmed: 0, named: 0 },
  }
}
