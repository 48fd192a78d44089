import type { ApiProblem } from '../api/problem.ts'

const KNOWN = [
  'law-gate',
  'not-permitted',
  'wrong-state',
  'stale-version',
  'not-found',
  'duplicate',
  'incomplete',
  'bad-evidence',
  'invalid-input',
  'unauthenticated',
  'rate-limited',
  'unreachable',
  'outage',
] as const
type Known = (typeof KNOWN)[number]

const BY_STATUS: Readonly<Record<number, Known>> = {
  400: 'invalid-input',
  401: 'unauthenticated',
  403: 'not-permitted',
  404: 'not-found',
  409: 'stale-version',
  429: 'rate-limited',
  502: 'outage',
  503: 'outage',
}
export const kindOf = (problem: ApiProblem): Known | 'unexpected' =>
  KNOWN.find((code) => code === problem.code) ?? BY_STATUS[problem.status] ?? 'unexpected'

/** The number under which to look for what happened: told where no reason says what to do, and of every error of our own. */
export const numberOf = (problem: ApiProblem): string | undefined =>
  problem.reasons.length === 0 || kindOf(problem) === 'unexpected' ? problem.requestId : undefined
