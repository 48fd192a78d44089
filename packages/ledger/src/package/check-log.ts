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
  /** SHA-256 of the key that the reader named for this log; empty when they named none for it, undefined when nobody was named. */
  keyGiven: string | undefined
  /** SHA-256 of the key that lies in the package; empty when none could be read. */
  keyInPackage: string
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

type Keys = Readonly<{
  packaged: NoteKey | undefined
  policy: Policy | undefined
  used: KnownKey | undefined
  /** The checkpoint is signed, and by the key in the package, which is not the one to be used. */
  isOfAnother: boolean
}>

/** A package of before a change of keys looks like a forger's to whoever has the new key alone: both are told what to compare. */
const otherKey = (given: NoteKey, packaged: NoteKey, isSigned: boolean): string =>
  isSigned
    ? `卷包不是用您给出的公钥（指纹 ${keyFingerprint(given)}）签名的。机关此后换过公钥的（机关公布历次公钥和起止时间），请改用制包时的那一把再核验一次；公布为已吊销的，连同吊销的一行一起写上。卷包里的公钥指纹是 ${keyFingerprint(packaged)}，请与机关公布的逐字比对，不要从卷包里抄；都对不上的，不能相信这个卷包`
    : '包内公钥不是您给出的公钥，检查点也不是由它签名的'

const checkKey = ({ packaged, policy, used, isOfAnother }: Keys): Item[] => {
  if (!packaged) return [fail('log-key', at.LOG_KEY, '缺失或者格式不对')]
  if (!policy) {
    const detail = `未提供信任策略；请将公钥指纹 ${keyFingerprint(packaged)} 与机关公布的指纹比对`
    return [notChecked('log-key', at.LOG_KEY, detail)]
  }
  if (!used) return [fail('log-key', at.LOG_KEY, '信任策略里没有此日志的公钥')]
  if (!sameKey(packaged, used.key))
    return [fail('log-key', at.LOG_KEY, otherKey(used.key, packaged, isOfAnother))]
  const [named] = used.before
  const how = named
    ? `；由信任策略里的公钥（指纹 ${keyFingerprint(named)}）依日志第 ${used.via.join('、')} 条的换钥登记换来`
    : ''
  return [pass('log-key', at.LOG_KEY, `指纹 ${keyFingerprint(used.key)}${how}`)]
}

type Signed = Readonly<{ note: Note; checkpoint: Checkpoint; isOfAnother: boolean }>

const checkSignature = (
  { note, checkpoint: c, isOfAnother }: Signed,
  key: NoteKey | undefined,
  p: Primitives,
): Item => {
  if (!key) return fail('checkpoint', at.CHECKPOINT, '没有可用的公钥，签名无法核验')
  if (key.name !== c.origin) return fail('checkpoint', at.CHECKPOINT, '公钥的名称与日志名称不一致')
  switch (checkNote(note, key, p.verifyEd25519)) {
    case 'verified':
      return pass('checkpoint', at.CHECKPOINT, `日志 ${c.origin}，共 ${c.size} 条`)
    case 'bad':
      return fail('checkpoint', at.CHECKPOINT, '签名不成立')
    case 'absent':
      return fail(
        'checkpoint',
        at.CHECKPOINT,
        isOfAnother ? '没有所用公钥的签名；签名的是另一把公钥，见“存证公钥”' : '没有此公钥的签名',
      )
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
  const isOfAnother =
    note !== undefined &&
    packaged !== undefined &&
    (usable === undefined || !sameKey(packaged, usable)) &&
    checkNote(note, packaged, p.verifyEd25519) === 'verified'
  const signature =
    note && checkpoint
      ? checkSignature({ note, checkpoint, isOfAnother }, usable, p)
      : fail('checkpoint', at.CHECKPOINT, '缺失，或者不是规范的检查点')
  const witness = note && checkWitnesses(note, policy, p)
  const policyItem = parsed && (parsed.ok ? pass('policy', 'policy') : fail('policy', 'policy', parsed.why))
  const shown = usable ?? packaged
  const signed = signature.result === 'PASS'
  return {
    items: [
      ...(policyItem ? [policyItem] : []),
      ...checkKey({ packaged, policy, used, isOfAnother }),
      ...changes,
      signature,
      ...(witness?.items ?? []),
    ],
    checkpoint,
    note: source,
    fingerprint: shown ? keyFingerprint(shown) : '',
    keyGiven: policy && (usable ? keyFingerprint(usable) : ''),
    keyInPackage: packaged ? keyFingerprint(packaged) : '',
    key: used,
    revoked: history.revoked,
    keysTrusted: policy !== undefined && signed,
    witnessed: signed && witness?.witnessed === true,
    witnessedAt: witness?.since === undefined ? undefined : witness.since * 1000,
    witnesses: witness?.counts ?? { confirmed: 0, named: 0 },
  }
}
