import { workspace } from '../apps/cli/src/demo/play.ts'
import type { Tasked } from '../apps/cli/src/demo/story-application.ts'

/** A duty of the matter by its rule, as the workspace tells it. */
export const dutyOf = async (p: Tasked, rule: string) =>
  (await workspace(p)).evaluation.duties.find((d) => d.rule === rule)

/** How far the matter has come, what was warned of and what is late. */
export const endOf = async (p: Tasked) => {
  const { status, evaluation } = await workspace(p)
  const late = evaluation.duties.filter((d) => d.state === 'overdue').map((d) => d.rule)
  return { status, late, warned: p.warned }
}

/** A matter that came to its end in time and without a warning. */
export const ARCHIVED = { status: 'archived', late: [], warned: [] }
