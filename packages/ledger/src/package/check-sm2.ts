import { decodeUtf8 } from '../bytes.ts'
import { parseCheckpoint } from '../checkpoint.ts'
import { isBy, keyFingerprint, parseNote, parseVkey, type NoteKey } from '../note.ts'
import { checkSm2Line, isSm2Key } from '../sm2-line.ts'
import type { LogFinding } from './check-log.ts'
import * as at from './paths.ts'
import { parsePolicy } from './policy.ts'
import type { Primitives } from './primitives.ts'
import type { Scan } from './read-package.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

type Options = Readonly<{
  policy: string | undefined
  primitives: Primitives
  /** Why this host cannot compute on the curve. */
  unread?: string
}>

const packagedIn = (scan: Scan): Readonly<{ key?: NoteKey; items: readonly Item[] }> => {
  const bytes = scan.files.get(at.SM2_KEY)?.bytes
  if (!bytes) return { items: [] }
  const text = decodeUtf8(bytes) ?? ''
  const key = text.endsWith('\n') ? parseVkey(text.slice(0, -1)) : undefined
  return key && isSm2Key(key) ? { key, items: [] } : { items: [fail('sm2', at.SM2_KEY, '格式不对')] }
}

const ABSENT = '没有信任策略要求的国密签名'

/** The log's SM2 line under the checkpoint: whoever names its key demands it, for others it is one more thing to know. */
export const checkSm2 = (scan: Scan, log: LogFinding, o: Options): readonly Item[] => {
  const parsed = o.policy === undefined ? undefined : parsePolicy(o.policy)
  const note = parseNote(log.note)
  const origin = note && parseCheckpoint(note.text)?.origin
  const named = parsed?.ok === true ? parsed.value.sm2.filter((key) => key.name === origin) : []
  const { key: packaged, items } = packagedIn(scan)
  if (!note || (named.length === 0 && !packaged)) return items
  const isThere = named.some((key) => note.signatures.some((s) => isBy(key, s)))
  if (named.length > 0 && !isThere) return [...items, fail('sm2', at.CHECKPOINT, ABSENT)]
  if (o.unread !== undefined) return [...items, notChecked('sm2', at.CHECKPOINT, o.unread)]
  const stand = (key: NoteKey) => checkSm2Line(note, key, o.primitives)
  const own = named.map((key) => ({ key, says: stand(key) }))
  const found = own.find(({ says }) => says === 'verified')
  if (own.some(({ says }) => says === 'bad')) return [...items, fail('sm2', at.CHECKPOINT, '国密签名不成立')]
  if (found) return [...items, pass('sm2', at.CHECKPOINT, `指纹 ${keyFingerprint(found.key)}`)]
  if (!packaged) return items
  const detail = `国密公钥指纹 ${keyFingerprint(packaged)}；信任策略没有写明它（sm2 公钥），请与机关公布的比对`
  const says = packaged.name === origin ? stand(packaged) : 'bad'
  return [
    ...items,
    says === 'verified'
      ? notChecked('sm2', at.CHECKPOINT, `签名与包内公钥相符；${detail}`)
      : fail('sm2', at.CHECKPOINT, '检查点没有包内国密公钥的有效签名'),
  ]
}
