import { type CheckedSeal, checkSealing } from '../seal/check-sealing.ts'
import type { CheckedEvent } from './check-events.ts'
import { checkDate, issueOf } from './check-seal-dates.ts'
import { BlobRef, SealingStatement } from './documents.ts'
import * as at from './paths.ts'
import { parsePolicy } from './policy.ts'
import type { Primitives } from './primitives.ts'
import type { Scan, ScannedFile } from './read-package.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

/** What an event says of the signatures on the file that it names. */
type Stated = Readonly<{ sha256: string; sealing: unknown; event: CheckedEvent }>

const statedIn = (event: CheckedEvent): Stated[] => {
  const said = event.parts.public
  if (typeof said !== 'object' || said === null) return []
  const blob = BlobRef.safeParse(Reflect.get(said, 'blob'))
  const sealing: unknown = Reflect.get(said, 'sealing')
  if (!blob.success || sealing === undefined) return []
  return [{ sha256: blob.data.sha256, sealing, event }]
}

const WHO: Readonly<Record<string, string>> = { agency: '机关印章', officer: '执法人员签名' }

const tell = ({ by, certificate: { name, fingerprint, notBefore, notAfter } }: CheckedSeal): string =>
  `${WHO[by] ?? '签名'}：${name}，证书指纹 ${fingerprint}，有效期 ${notBefore.slice(0, 10)} 至 ${notAfter.slice(0, 10)}`

type Options = Readonly<{
  trusted: readonly string[]
  primitives: Primitives
  events: readonly CheckedEvent[]
  sealsUnread: string | undefined
}>

const isNamed = ({ certificate: c }: CheckedSeal, trusted: readonly string[]): boolean =>
  [c.fingerprint, ...c.authorities].some((f) => trusted.includes(f))

/**
 * Whose certificate it is only the reader can know: their policy names it, or an authority above it. One that it does
 * not name contradicts nothing (an officer's, a renewed one): it vouches for nobody, and that is said.
 */
export const checkKey = (path: string, seal: CheckedSeal, trusted: readonly string[]): Item =>
  isNamed(seal, trusted)
    ? pass('seal-key', path, tell(seal))
    : notChecked(
        'seal-key',
        path,
        `${tell(seal)}；信任策略里没有这张证书，请与机关公布的比对，相符的在信任策略里写一行“seal 指纹”`,
      )

/** TRUSTED: every paper that bears the agency's seal bears one whose certificate the reader's policy vouches for. */
export type SealTrust = 'NONE' | 'TRUSTED' | 'NOT CHECKED'

export type SealsFinding = Readonly<{ items: readonly Item[]; seals: SealTrust }>

const trustIn = (seals: readonly CheckedSeal[], trusted: readonly string[]): SealTrust => {
  const ofAgency = seals.filter((s) => s.by === 'agency')
  if (ofAgency.length === 0) return 'NONE'
  return ofAgency.some((s) => s.fault === '' && isNamed(s, trusted)) ? 'TRUSTED' : 'NOT CHECKED'
}

const unread = (item: Item): SealsFinding => ({ items: [item], seals: 'NOT CHECKED' })

const checkPaper = (path: string, file: ScannedFile, stated: Stated, o: Options): SealsFinding => {
  const sealing = SealingStatement.safeParse(stated.sealing)
  if (!sealing.success) return unread(fail('seal', path, '记录里关于签名的内容无法识别'))
  if (o.sealsUnread !== undefined) return unread(notChecked('seal', path, o.sealsUnread))
  if (file.bytes === undefined) return unread(notChecked('seal', path, '文书过大，签名没有核验'))
  const { faults, seals } = checkSealing(file.bytes, sealing.data, o.primitives)
  const issue = issueOf(o.events, stated.event)
  const held = seals.filter((s) => s.fault === '')
  const items = [
    ...faults.map((fault) => fail('seal', path, fault)),
    ...seals.map((s) =>
      s.fault === '' ? pass('seal', path, tell(s)) : fail('seal', path, `${WHO[s.by] ?? '签名'}：${s.fault}`),
    ),
    ...held.map((s) => checkKey(path, s, o.trusted)),
    ...held.map((s) => checkDate(path, s, issue)),
  ]
  return { items, seals: trustIn(seals, o.trusted) }
}

/** Fingerprints that the reader trusts. */
export const trustedIn = (policy: string | undefined): readonly string[] => {
  const parsed = policy === undefined ? undefined : parsePolicy(policy)
  return parsed?.ok === true ? parsed.value.seals : []
}

/** Seals and key signatures on papers: over which bytes, by which certificate, and whether anything came after. */
export const checkSeals = (
  scan: Scan,
  events: readonly CheckedEvent[],
  options: Readonly<{ policy: string | undefined; primitives: Primitives; sealsUnread?: string }>,
): SealsFinding => {
  const { policy, primitives, sealsUnread } = options
  const o = { trusted: trustedIn(policy), primitives, events, sealsUnread }
  const stated = new Map(events.flatMap(statedIn).map((s) => [s.sha256, s]))
  const papers = [...scan.files]
    .filter(([path]) => path.startsWith(at.DOCUMENTS))
    .flatMap(([path, file]) => {
      const said = stated.get(file.sha256)
      return said === undefined ? [] : [checkPaper(path, file, said, o)]
    })
  const trust = papers.map((p) => p.seals).filter((s) => s !== 'NONE')
  const all = trust.every((s) => s === 'TRUSTED') ? 'TRUSTED' : 'NOT CHECKED'
  return { items: papers.flatMap((p) => p.items), seals: trust.length === 0 ? 'NONE' : all }
}
