import { citationIn } from '../combine.ts'
import type { Citation, Finding } from '../evaluation.ts'
import { again } from './clock.ts'
import { isDone, occurrenceOf } from './occurrence.ts'
import { demandsOf } from './step-completion.ts'
import type { World } from './world.ts'

/**
 * Which form of record a step was kept in, where texts leave the choice: written record and recording may be used together
 * or each alone, unless a recording is a must.
 */
export function formFindings(world: World): readonly Finding[] {
  const { found, clock } = world
  found.forms = again(found.forms, clock, () => findForms(world))
  return found.forms.value
}

function findForms(world: World): Finding[] {
  const citations = world.caseLaw.packs.flatMap((pack): Citation[] => {
    const clause = pack.pack.params.recording.combination?.clause
    const citation = clause === undefined ? undefined : citationIn(pack, clause)
    return citation === undefined ? [] : [citation]
  })
  if (citations.length === 0) return []
  return world.procedure.steps.flatMap((step): Finding[] => {
    if (step.scenes.length === 0 || !isDone(world, step.id)) return []
    if (demandsOf(step, world).some((d) => d.strength === 'must' || d.strength === 'must-not')) return []
    const { facts, recordings } = occurrenceOf(world, step)
    const used = [facts.some((f) => f.kind === 'document'), recordings.length > 0]
    if (used[0] === used[1]) return []
    const form = used[0] ? '文字' : '音像'
    return [
      {
        code: 'one-form-used',
        severity: 'info',
        message: `“${step.name}”只有${form}记录：本环节没有必须音像记录的规定，文字和音像可以同时使用，也可以分别使用`,
        citations,
        facts: { step: step.id, form },
      },
    ]
  })
}
