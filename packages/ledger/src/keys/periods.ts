import { formatVkey, keyFingerprint, type NoteKey } from '../note.ts'
import type { PlacedChange } from './follow.ts'
import { keysBefore } from './follow.ts'

/** One key of a log and when it was the log's; for whoever holds something from before a change of keys. */
export type KeyPeriod = Readonly<{
  vkey: string
  /** SHA-256 in hex. */
  fingerprint: string
  /** overlap: handed over, and signs beside the next one for a while · former: handed over, and signs no more. */
  state: 'current' | 'overlap' | 'former' | 'revoked'
  /** Of the rotation to it, RFC 3339; undefined for the key that the log began with. */
  since?: string
  /** Of the rotation from it. */
  until?: string
  /** How long a key of `overlap` signs. */
  signsUntil?: string
  /** From when on a revoked key is not to be believed. */
  revokedSince?: string
}>

type Told = Readonly<{
  origin: string
  /** Keys that sign beside the current one, and until when: the signer knows it, the log does not. */
  retiring: readonly Readonly<{ vkey: string; until: string }>[]
  nowMs: number
}>

/** Every key that the log ever had, the current one first, as its own statements tell it (docs/design/040). */
export const keyPeriods = (
  current: NoteKey,
  changes: readonly PlacedChange[],
  { origin, retiring, nowMs }: Told,
): readonly KeyPeriod[] => {
  const rotations = changes
    .toSorted((a, b) => a.index - b.index)
    .flatMap(({ change }) => (change.kind === 'rotation' && change.origin === origin ? [change] : []))
  const before = keysBefore(current, changes, origin)
  return [{ key: current }, ...before].map(({ key, ...former }, i) => {
    const vkey = formatVkey(key)
    const since = rotations.find((r) => formatVkey(r.to) === vkey)?.at
    const until = i === 0 ? undefined : rotations.find((r) => formatVkey(r.from) === vkey)?.at
    const revokedSince = 'revokedSince' in former ? former.revokedSince : undefined
    const signs = retiring.find((r) => r.vkey === vkey && Date.parse(r.until) > nowMs)?.until
    const signsUntil = i === 0 || revokedSince !== undefined ? undefined : signs
    const state =
      i === 0
        ? 'current'
        : revokedSince !== undefined
          ? 'revoked'
          : signsUntil !== undefined
            ? 'overlap'
            : 'former'
    return {
      vkey,
      fingerprint: keyFingerprint(key),
      state,
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
      ...(signsUntil !== undefined && { signsUntil }),
      ...(revokedSince !== undefined && { revokedSince }),
    }
  })
}
