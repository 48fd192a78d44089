import type { Condition } from '../schema/condition.ts'
import { isNode } from '../schema/fact-pattern.ts'
import type { StepRule } from '../schema/procedure.ts'

/** What a verb reads: the fact in question, that fact unless another is named, its values, or the record alone. */
type Reads = 'subject' | 'subject-unless-named' | 'values' | 'record'

/** `complete` looks at the steps up to the fact in question. */
const READS: Readonly<Record<Condition['op'], Reads>> = {
  officers: 'subject',
  certificates: 'subject',
  differs: 'subject',
  qualified: 'subject',
  approvals: 'subject',
  overlaps: 'subject',
  covered: 'subject',
  rank: 'subject',
  daytime: 'subject',
  workday: 'subject',
  disposable: 'subject',
  kept: 'subject',
  complete: 'subject',
  stands: 'subject',
  data: 'subject-unless-named',
  listed: 'subject-unless-named',
  filled: 'subject-unless-named',
  among: 'subject-unless-named',
  compare: 'values',
  all: 'record',
  any: 'record',
  not: 'record',
  fact: 'record',
  step: 'record',
  settled: 'record',
  flag: 'record',
  setting: 'record',
  param: 'record',
  provision: 'record',
  act: 'record',
  document: 'record',
  elapsed: 'record',
  passed: 'record',
  sameDay: 'record',
  each: 'record',
  recorded: 'record',
  stages: 'record',
}
const reads = new Map<unknown, Reads>(Object.entries(READS))

const readsSubject = (value: unknown): boolean =>
  isNode(value) && ('time' in value || ('data' in value && !('kind' in value))) && value['of'] === undefined

/**
 * Whether the answer may depend on which fact is in question. Where it does not, worlds that know the same facts share it.
 * `steps` are those whose own conditions `settled` asks.
 */
export function asksSubject(condition: unknown, steps: ReadonlyMap<string, StepRule>): boolean {
  if (Array.isArray(condition)) return condition.some((c: unknown) => asksSubject(c, steps))
  if (!isNode(condition)) return false
  const { op } = condition
  const what = reads.get(op)
  if (what === 'subject' || 'tied' in condition || 'same' in condition) return true
  if (what === 'subject-unless-named' && condition['fact'] === undefined) return true
  if (op === 'sameDay' && (condition['own'] !== undefined || condition['limit'] !== undefined)) return true
  if (what === 'values' && (readsSubject(condition['compare']) || readsSubject(condition['to']))) return true
  const settled = op === 'settled' ? steps.get(String(condition['settled']))?.when : undefined
  return asksSubject(settled, steps) || Object.values(condition).some((c) => asksSubject(c, steps))
}
