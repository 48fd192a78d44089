import { COSIGNATURE_ED25519, ED25519, parseVkey, type NoteKey } from '../note.ts'
import type { Parsed } from '../canonical.ts'

type Group = Readonly<{ needed: number; members: readonly string[] }>

/** C2SP tlog-policy: whom the reader trusts. Never taken from the package. */
export type Policy = Readonly<{
  logs: readonly NoteKey[]
  witnesses: ReadonlyMap<string, NoteKey>
  groups: ReadonlyMap<string, Group>
  /** Name of a witness or group; undefined for `quorum none` and for no quorum line. */
  quorum: string | undefined
  /** Fingerprints of certificates of seals, or of their authorities: lines that only this program knows. */
  seals: readonly string[]
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

/** Reads `log`, `witness`, `group` and `quorum` lines, and our own `seal`; a line that is not understood makes the policy invalid. */
export const parsePolicy = (text: string): Parsed<Policy> => {
  const logs: NoteKey[] = []
  const witnesses = new Map<string, NoteKey>()
  const groups = new Map<string, Group>()
  let quorum: string | undefined
  let seenQuorum = false
  const seals: string[] = []
  const known = (name: string | undefined): name is string =>
    name !== undefined && (witnesses.has(name) || groups.has(name))
  const readLine = (words: readonly string[]): boolean => {
    const [word, a, b, ...rest] = words
    if (word === 'log') {
      const key = keyOf(a, ED25519)
      return key !== undefined && rest.length === 0 && logs.push(key) > 0
    }
    if (word === 'witness') {
      const key = keyOf(b, COSIGNATURE_ED25519)
      if (!key || !a || known(a) || a === 'none' || rest.length > 1) return false
      return witnesses.set(a, key).size > 0
    }
    if (word === 'group') {
      const needed = neededOf(b, rest.length)
      if (!needed || !a || known(a) || a === 'none' || !rest.every(known)) return false
      return groups.set(a, { needed, members: rest }).size > 0
    }
    if (word === 'seal') return /^[0-9a-f]{64}$/.test(a ?? '') && b === undefined && seals.push(a ?? '') > 0
    if (word !== 'quorum' || seenQuorum || b !== undefined) return false
    seenQuorum = true
    quorum = a === 'none' ? undefined : a
    return a === 'none' || known(a)
  }
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const words = line
      .replace(/^\s*#.*$/, '')
      .trim()
      .split(/\s+/)
    if (words[0] !== '' && !readLine(words)) return { ok: false, why: `信任策略第 ${i + 1} 行无法识别` }
  }
  if (logs.length === 0) return { ok: false, why: '信任策略没有 log 行' }
  return { ok: true, value: { logs, witnesses, groups, quorum, seals } }
}

/** Whether the named witness or group is satisfied by those who cosigned. Groups only name what stands before them. */
export const isSatisfied = (policy: Policy, name: string, cosigned: ReadonlySet<string>): boolean => {
  const group = policy.groups.get(name)
  if (!group) return cosigned.has(name)
  return group.members.filter((m) => isSatisfied(policy, m, cosigned)).length >= group.needed
}
