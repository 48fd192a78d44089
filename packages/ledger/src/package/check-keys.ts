import type { Checkpoint } from '../checkpoint.ts'
import { verifyInclusion } from '../merkle.ts'
import { keyFingerprint } from '../note.ts'
import { readKeysFile } from '../keys/file.ts'
import { followKeys, revocationOf, type KeyHistory, type PlacedChange, type Revoked } from '../keys/follow.ts'
import type { LogFinding } from './check-log.ts'
import * as at from './paths.ts'
import type { Policy } from './policy.ts'
import type { Primitives } from './primitives.ts'
import type { Scan } from './read-package.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

const tell = ({ index, change }: PlacedChange): string =>
  change.kind === 'rotation'
    ? `日志第 ${index} 条：公钥由 ${keyFingerprint(change.from)} 换为 ${keyFingerprint(change.to)}`
    : `日志第 ${index} 条：公钥 ${keyFingerprint(change.key)} 自 ${change.since} 起吊销`

/** How the log's key changed, as the log itself has it, from the keys that the reader names. */
export const checkKeyChanges = (
  scan: Scan,
  checkpoint: Checkpoint | undefined,
  policy: Policy | undefined,
  p: Primitives,
): Readonly<{ items: readonly Item[]; history: KeyHistory }> => {
  const follow = (changes: readonly PlacedChange[]): KeyHistory => {
    const { known, revoked } = followKeys(policy?.logs ?? [], changes, checkpoint?.origin ?? '')
    return { known, revoked: [...(policy?.revoked ?? []), ...revoked] }
  }
  const bytes = scan.files.get(at.KEYS)?.bytes
  if (!bytes) return { items: [], history: follow([]) }
  if (!checkpoint) return { items: [fail('key-change', at.KEYS, '没有可用的检查点')], history: follow([]) }
  const { size, root } = checkpoint
  const read = readKeysFile(bytes, {
    hashes: p,
    verify: p.verifyEd25519,
    stands: (claim) => verifyInclusion(p.sha256, { ...claim, size, root }),
  })
  if (!read.ok) return { items: [fail('key-change', at.KEYS, read.why)], history: follow([]) }
  return {
    items: read.value.map((placed) => pass('key-change', at.KEYS, tell(placed))),
    history: follow(read.value),
  }
}

/** What anybody outside said of the package's checkpoint, in milliseconds since 1970. */
export type SeenAt = Readonly<{ witnessed: number | undefined; stamped: number | undefined }>

const LATER = '请向机关取得由现用公钥签名的卷包'

const weighUsed = (log: LogFinding, revoked: Revoked, seen: SeenAt): Item => {
  const since = Date.parse(revoked.since)
  const before = (time: number | undefined): boolean => time !== undefined && time < since
  const said = `公钥自 ${revoked.since} 起吊销`
  if (before(seen.witnessed)) return pass('key-revoked', at.CHECKPOINT, `${said}，此前已由外部见证`)
  if (before(seen.stamped)) return pass('key-revoked', at.CHECKPOINT, `${said}，此前已盖时间戳`)
  return (log.checkpoint?.size ?? 0) > revoked.size
    ? fail('key-revoked', at.CHECKPOINT, `${said}，当时日志只有 ${revoked.size} 条，这份检查点是此后签的`)
    : notChecked(
        'key-revoked',
        at.CHECKPOINT,
        `${said}；没有外部见证或者时间戳能说明此检查点签在此前。${LATER}`,
      )
}

/**
 * Whether a revoked key is what the reader would have to believe. What such a key signed holds where somebody outside saw it
 * before that time; a key to which a revoked one handed over holds where witnesses saw the log, since they follow one only.
 */
export const checkRevoked = (
  log: LogFinding,
  seen: SeenAt,
): Readonly<{ items: readonly Item[]; isTrusted: boolean }> => {
  const find = (key: Revoked['key']): Revoked | undefined => revocationOf(log.revoked, key)
  const own = log.key && find(log.key.key)
  if (own) {
    const item = weighUsed(log, own, seen)
    return { items: [item], isTrusted: log.keysTrusted && item.result === 'PASS' }
  }
  const led = log.key?.before.map(find).find((r) => r !== undefined)
  if (!led || log.witnessed) return { items: [], isTrusted: log.keysTrusted }
  const why = `信任策略里的公钥自 ${led.since} 起吊销，由它换来的公钥不能只凭它相信；请另向机关核对现用公钥的指纹`
  return { items: [notChecked('key-revoked', at.LOG_KEY, why)], isTrusted: false }
}
