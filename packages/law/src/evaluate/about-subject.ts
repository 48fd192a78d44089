import type { Condition } from '../schema/condition.ts'
import { isNode } from '../schema/fact-pattern.ts'
import type { StepRule } from '../schema/procedure.ts'

/** These ask about the fact in question, or about what is complete up to it. */
const VERBS: ReadonlySet<unknown> = new Set<Condition['op']>([
  'officers',
  'certificates',
  'differs',
  'qualified',
  'approvals',
  'overlaps',
  'covered',
  'rank',
  'daytime',
  'workday',
  'disposable',
  'kept',
  'complete',
])

/** These read the fact in question where they name no other. */
const READING: ReadonlySet<unknown> = new Set<Condition['op']>(['data', 'listed', 'filled', 'among'])

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
  if (VERBS.has(op) || 'tied' in condition || 'same' in condition) return true
  if (READING.has(op) && condition['fact'] === undefined) return true
  if (op === 'compare' && (readsSubject(condition['compare']) || readsSubject(condition['to']))) return true
  const settled = op === 'settled' ? steps.get(String(condition['settled']))?.when : undefined
  return asksSubject(settled, steps) || Object.values(condition).some((c) => asksSubject(c, steps))
}
