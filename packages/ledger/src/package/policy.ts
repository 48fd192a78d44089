import { equalBytes } from '../bytes.ts'
import { COSIGNATURE_ED25519, ED25519, parseVkey, type NoteKey } from '../note.ts'
import { isSm2Key } from '../sm2-line.ts'
import type { Parsed } from '../canonical.ts'
import { isKeyTime } from '../keys/change.ts'
import type { Revoked } from '../keys/follow.ts'
import { parseTreeSize } from '../merkle.ts'

export type PolicyWitness = Readonly<{
  key: NoteKey
  /** Where checkpoints are sent; readers need none. */
  url?: string
}>
type Group = Readonly<{ needed: number; members: readonly string[] }>

/** C2SP tlog-policy: whom the reader trusts. Never taken from the package. */
export type Policy = Readonly<{
  logs: readonly NoteKey[]
  /** By the name that the policy gives, which may differ from that of the key. */
  witnesses: ReadonlyMap<string, PolicyWitness>
  groups: ReadonlyMap<string, Group>
  /** Name of a witness or group; undefined for `quorum none` and for no quorum line. */
  quorum: string | undefined
  /** Fingerprints of certificates of seals, or of their authorities: lines that only this program knows. */
  seals: readonly string[]
  /** The same of time stamping authorities. */
  stampers: readonly string[]
  /** SM2 keys of logs whose line under the checkpoint the reader demands. */
  sm2: readonly NoteKey[]
  /** Keys of logs that their keeper has made known as revoked: `revoked <vkey> <size> <since>`. */
  revoked: readonly Revoked[]
}>

const keyOf = (vkey: string | undefined, type: number): NoteKey | undefined => {
  const key = parseVkey(vkey ?? '')
  return key?.type === type ? key : undefined
}

const neededOf = (rule: string | undefined, count: number): number | undefined => {
  if (rule === 'any') return 1
  if (rule === 'all') return count
  const k = /^[1-9][0-9]{0,3}$/.test(rule ?? '') ? Number(rule) : 0
  return k >= 1 && k <= count ? k : undefined
}

const revokedIn = (words: readonly string[]): Revoked | undefined => {
  const [vkey, sizeText = '', since = '', ...more] = words
  const [key, size] = [keyOf(vkey, ED25519), parseTreeSize(sizeText)]
  const sound = key !== undefined && size !== undefined && isKeyTime(since) && more.length === 0
  return sound ? { key, size, since, index: undefined } : undefined
}

const sameKey = (a: NoteKey, b: NoteKey): boolean => equalBytes(a.key, b.key)

/**
 * Reads `log`, `witness`, `group` and `quorum` lines, and our own `seal`, `tsa`, `sm2` and `revoked`; a line that is not understood makes the policy
 * invalid. One key under two names, or one name in two groups, would count twice, and is refused.
 */
export const parseWitnessPolicy = (text: string): Parsed<Policy> => {
  const logs: NoteKey[] = []
  const witnesses = new Map<string, PolicyWitness>()
  const groups = new Map<string, Group>()
  let quorum: string | undefined
  let seenQuorum = false
  const seals: string[] = []
  const stampers: string[] = []
  const revoked: Revoked[] = []
  const sm2: NoteKey[] = []
  const grouped = new Set<string>()
  const known = (name: string | undefined): name is string =>
    name !== undefined && (witnesses.has(name) || groups.has(name))
  const readLine = (words: readonly string[]): boolean => {
    const [word, a, b, ...rest] = words
    if (word === 'log') {
      const key = keyOf(a, ED25519)
      const fresh = key !== undefined && !logs.some((other) => sameKey(other, key))
      return fresh && rest.length === 0 && logs.push(key) > 0
    }
    if (word === 'witness') {
      const key = keyOf(b, COSIGNATURE_ED25519)
      const [url, ...more] = rest
      if (!key || !a || known(a) || a === 'none' || more.length > 0) return false
      if ([...witnesses.values()].some((other) => sameKey(other.key, key))) return false
      return witnesses.set(a, { key, ...(url !== undefined && { url }) }).size > 0
    }
    if (word === 'group') {
      const needed = neededOf(b, rest.length)
      if (!needed || !a || known(a) || a === 'none' || !rest.every(known)) return false
      if (new Set(rest).size !== rest.length || rest.some((m) => grouped.has(m))) return false
      for (const member of rest) grouped.add(member)
      return groups.set(a, { needed, members: rest }).size > 0
    }
    if (word === 'seal' || word === 'tsa') {
      const fingerprints = word === 'seal' ? seals : stampers
      return /^[0-9a-f]{64}$/.test(a ?? '') && b === undefined && fingerprints.push(a ?? '') > 0
    }
    if (word === 'sm2') {
      const key = parseVkey(a ?? '')
      return key !== undefined && isSm2Key(key) && b === undefined && sm2.push(key) > 0
    }
    if (word === 'revoked') {
      const one = revokedIn(words.slice(1))
      return one !== undefined && revoked.push(one) > 0
    }
    if (word !== 'quorum' || seenQuorum || b !== undefined) return false
    seenQuorum = true
    quorum = a === 'none' ? undefined : a
    return a === 'none' || known(a)
  }
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const words = line
      .replace(/^[ \t]*#.*$/, '')
      .replaceAll(/^[ \t]+|[ \t]+$/g, '')
      .split(/[ \t]+/)
    if (words[0] !== '' && !readLine(words)) return { ok: false, why: `信任策略第 ${i + 1} 行无法识别` }
  }
  return { ok: true, value: { logs, witnesses, groups, quorum, seals, stampers, sm2, revoked } }
}

/** The policy of a reader: it names at least one log, and an SM2 key of none but these. */
export const parsePolicy = (text: string): Parsed<Policy> => {
  const parsed = parseWitnessPolicy(text)
  if (!parsed.ok) return parsed
  const { logs, sm2 } = parsed.value
  if (logs.length === 0) return { ok: false, why: '信任策略没有 log 行' }
  const stray = sm2.find(({ name }) => !logs.some((log) => log.name === name))
  return stray ? { ok: false, why: `信任策略的 sm2 行没有同名的 log 行：${stray.name}` } : parsed
}

/** Whether the named witness or group is satisfied by those who cosigned. Groups only name what stands before them. */
export const isSatisfied = (policy: Policy, name: string, cosigned: ReadonlySet<string>): boolean => {
  const group = policy.groups.get(name)
  if (!group) return cosigned.has(name)
  return group.members.filter((m) => isSatisfied(policy, m, cosigned)).length >= group.needed
}
