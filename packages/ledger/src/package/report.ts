import { CHECK_TEXTS, type Check } from './check-texts.ts'

export type ItemResult = 'PASS' | 'FAIL' | 'NOT CHECKED'

/** One thing that was looked at, for a reader who is no engineer. */
export type Item = Readonly<{
  /** File or object that the item is about. */
  path: string
  check: Check
  /** Name of the check in Chinese. */
  title: string
  result: ItemResult
  proves: string
  doesNotProve: string
  detail: string
}>

export type Report = Readonly<{
  verdict: 'PASS' | 'FAIL'
  anchoring: 'UNANCHORED' | 'TIMESTAMPED' | 'WITNESSED'
  /** Witnesses that the policy names, and how many of them cosigned the checkpoint: WITNESSED (k of n). */
  witnesses: Readonly<{ confirmed: number; named: number }>
  /** TRUSTED only when the key came from the reader's own policy. */
  keys: 'TRUSTED' | 'NOT CHECKED'
  /** TRUSTED only when the reader's policy vouches for the agency's seal on every paper that bears one. */
  seals: 'NONE' | 'TRUSTED' | 'NOT CHECKED'
  /** The log's name, to be compared with the published one. Empty when no checkpoint could be read. */
  origin: string
  /** SHA-256 of the key that the signature was checked with. Empty when no key could be read. */
  fingerprint: string
  /** SHA-256 of the reader's own key, or of one that it handed over to; empty when theirs are of other logs, none without a policy. */
  keyGiven?: string | undefined
  /** SHA-256 of the key that lies in the package, whoever wrote it there. Empty when none could be read. */
  keyInPackage: string
  items: readonly Item[]
}>

const item = (result: ItemResult, check: Check, path: string, detail: string): Item => ({
  path,
  check,
  result,
  ...CHECK_TEXTS[check],
  detail,
})

export const pass = (check: Check, path: string, detail = ''): Item => item('PASS', check, path, detail)
export const fail = (check: Check, path: string, detail: string): Item => item('FAIL', check, path, detail)
export const notChecked = (check: Check, path: string, detail: string): Item =>
  item('NOT CHECKED', check, path, detail)
