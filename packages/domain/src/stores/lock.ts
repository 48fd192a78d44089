import { z } from 'zod'
import { Instant } from '@liuhen/law/fact'

/** 合规模式: nobody may, before the day. 治理模式: whoever has the privilege may. */
export const LockMode = z.enum(['compliance', 'governance'])
export type LockMode = z.infer<typeof LockMode>

/** What is tried on a tiny object that was put as every other is. */
export const LOCK_TRIALS = [
  'delete-name', // a marker over the name: the version must stay
  'overwrite',
  'shorten',
  'downgrade', // from compliance to governance
  'delete-version',
  'bypass', // deletion with the privilege to pass governance
  'parts', // a file that goes in parts has the same lock, and it holds
  'resumed', // and one whose upload was cut off and taken up again
  'extend', // made longer by the key itself, which must work
] as const
export const LockTrial = z.object({
  what: z.enum(LOCK_TRIALS),
  /** Judged by what is there afterwards, not by what the store answered. */
  outcome: z.enum(['held', 'broken', 'not-tried']),
  /** What the store answered, in its own words. */
  answer: z.string(),
})
export type LockTrial = z.infer<typeof LockTrial>

const Locking = z.object({ mode: LockMode, days: z.int() })

export const LockReading = z.object({
  /** What the configuration asks for each object. */
  asked: Locking.optional(),
  /** What the bucket sets where nothing is asked. */
  byDefault: Locking.optional(),
  /** What the object got. */
  given: LockMode.optional(),
  trials: z.array(LockTrial),
  /** It stays in the store until then; nobody can remove it earlier. */
  probe: z.object({ name: z.string(), until: Instant.optional() }).optional(),
  /** Why the trial was not carried through. */
  why: z.string().optional(),
})
export type LockReading = z.infer<typeof LockReading>

export const LockFound = z.enum(['compliance', 'governance', 'none', 'broken', 'not-checked'])
export type LockFound = z.infer<typeof LockFound>

const asHeld = (t: LockTrial): LockTrial =>
  t.what === 'parts' || t.what === 'resumed' ? { ...t, outcome: 'held' } : t

const isBroken = (r: LockReading, ...what: LockTrial['what'][]): boolean =>
  r.trials.some((t) => what.includes(t.what) && t.outcome === 'broken')

/** A lock that was seen and not tried in full is not known to hold. */
export const judgeLock = (r: LockReading): LockFound => {
  // Versions must stay under an overwrite or a deletion by name, lock or no lock.
  if (isBroken(r, 'delete-name', 'overwrite')) return 'broken'
  if (r.given === undefined) return r.why === undefined && r.probe !== undefined ? 'none' : 'not-checked'
  if (isBroken(r, 'delete-version', 'shorten', 'downgrade', 'parts', 'resumed')) return 'broken'
  if (r.given === 'compliance' && isBroken(r, 'bypass')) return 'broken'
  const unwanted = ['extend', ...(r.given === 'compliance' ? [] : ['downgrade'])]
  const wanted = LOCK_TRIALS.filter((what) => !unwanted.includes(what))
  const tried = wanted.every((what) => r.trials.some((t) => t.what === what && t.outcome !== 'not-tried'))
  return tried && r.why === undefined ? r.given : 'not-checked'
}

/** A lock that cannot be made longer holds; uploads that are taken up again late are locked from their beginning. */
export const canExtend = (r: LockReading): boolean =>
  r.trials.every((t) => t.what !== 'extend' || t.outcome === 'held')

/** Whole files are locked, and those that come in parts are not. */
export const isBrokenInParts = (r: LockReading): boolean =>
  isBroken(r, 'parts', 'resumed') && judgeLock({ ...r, trials: r.trials.map(asHeld) }) === r.given

/** Whether the key with which the store is used could remove what it locked. */
export const canBypass = (r: LockReading): boolean => isBroken(r, 'bypass')
