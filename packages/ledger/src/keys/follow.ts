import { formatVkey, type NoteKey } from '../note.ts'
import type { KeyChange, KeyRevocation } from './change.ts'

/** A change as it stands in the log, at this index. */
export type PlacedChange = Readonly<{ index: number; change: KeyChange }>

/** A key that can be believed because the reader names it, or because one that they name handed over to it. */
export type KnownKey = Readonly<{
  key: NoteKey
  /** Indexes of the rotations that lead to it, the first first; none for a key that the reader names. */
  via: readonly number[]
  /** The keys before it, from the one that the reader names. */
  before: readonly NoteKey[]
}>

export type Revoked = Pick<KeyRevocation, 'key' | 'since' | 'size'> &
  Readonly<{
    /** Where the log says so; undefined when the reader's policy does. */
    index: number | undefined
  }>

export type KeyHistory = Readonly<{ known: readonly KnownKey[]; revoked: readonly Revoked[] }>

export const sameKey = (a: NoteKey, b: NoteKey): boolean => formatVkey(a) === formatVkey(b)

/**
 * From the keys that the reader names, along the rotations in the order of the log. A key hands over once: what it says
 * later counts nothing, so whoever took it away afterwards cannot lead elsewhere in the same log. A revocation counts when a
 * known key says it that has not handed over itself.
 */
export const followKeys = (
  trusted: readonly NoteKey[],
  changes: readonly PlacedChange[],
  origin: string,
): KeyHistory => {
  const known: KnownKey[] = trusted
    .filter((key) => key.name === origin)
    .map((key) => ({ key, via: [], before: [] }))
  const over = new Set<string>()
  const revoked: Revoked[] = []
  const speaking = (key: NoteKey): KnownKey | undefined =>
    over.has(formatVkey(key)) ? undefined : known.find((k) => sameKey(k.key, key))
  for (const { index, change } of changes.toSorted((a, b) => a.index - b.index)) {
    if (change.origin !== origin) continue
    if (change.kind === 'rotation') {
      const holder = speaking(change.from)
      if (!holder) continue
      over.add(formatVkey(change.from))
      if (known.some((k) => sameKey(k.key, change.to))) continue
      known.push({ key: change.to, via: [...holder.via, index], before: [...holder.before, holder.key] })
    } else if (speaking(change.by)) {
      over.add(formatVkey(change.key))
      revoked.push({ key: change.key, since: change.since, size: change.size, index })
    }
  }
  return { known, revoked }
}

/** Of all that is said against a key the strictest: the earliest time, and the smallest size. */
export const revocationOf = (revoked: readonly Revoked[], key: NoteKey): Revoked | undefined => {
  const [first, ...more] = revoked.filter((r) => sameKey(r.key, key))
  if (!first) return undefined
  return more.reduce(
    (strict, r) => ({
      ...(Date.parse(r.since) < Date.parse(strict.since) ? r : strict),
      size: Math.min(r.size, strict.size),
    }),
    first,
  )
}

/** A key that the log had before, and since when it is not to be believed, if it was taken back. */
export type FormerKey = Readonly<{ key: NoteKey; revokedSince?: string }>

/**
 * The keys that led to this one by the rotations of the log, the last first: each rotation is signed by the key after it,
 * which so vouches for the one before. Of several rotations to one key the first counts, as in `followKeys`.
 */
export const keysBefore = (
  key: NoteKey,
  changes: readonly PlacedChange[],
  origin: string,
): readonly FormerKey[] => {
  const inOrder = changes.toSorted((a, b) => a.index - b.index).map(({ change }) => change)
  const before: NoteKey[] = []
  const isNew = (other: NoteKey): boolean => ![key, ...before].some((known) => sameKey(known, other))
  for (let at: NoteKey | undefined = key; at; ) {
    const to: NoteKey = at
    const led = inOrder.find((c) => c.kind === 'rotation' && c.origin === origin && sameKey(c.to, to))
    at = led?.kind === 'rotation' && isNew(led.from) ? led.from : undefined
    if (at) before.push(at)
  }
  const { revoked } = followKeys([before.at(-1) ?? key], changes, origin)
  return before.map((former) => {
    const since = revocationOf(revoked, former)?.since
    return { key: former, ...(since !== undefined && { revokedSince: since }) }
  })
}
