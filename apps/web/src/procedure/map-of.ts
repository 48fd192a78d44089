import type { StepStatus } from '@liuhen/law/evaluation'

type Standing = Readonly<{ id: string; stage: string; status: StepStatus; optional: boolean }>
type Stage = Readonly<{ id: string; name: string }>

export type StageState = 'done' | 'under-way' | 'ahead'
export type MapStage<S> = Readonly<{
  id: string
  name: string
  state: StageState
  /** How many of those that must be done are done. */
  done: number
  needed: number
  steps: readonly S[]
}>

const settled = (s: Standing): boolean => s.status === 'done' || s.status === 'not-needed'

/** The stages with their steps; a stage is done when nothing in it must still be done and something was. */
export function mapOf<S extends Standing>(
  stages: readonly Stage[],
  steps: readonly S[],
): readonly MapStage<S>[] {
  return stages.flatMap(({ id, name }) => {
    const own = steps.filter((s) => s.stage === id)
    if (own.length === 0) return []
    const needed = own.filter((s) => !s.optional && s.status !== 'not-needed')
    const done = needed.filter((s) => s.status === 'done').length
    const begun = own.some((s) => s.status === 'done' || s.status === 'begun')
    const over = own.every((s) => settled(s) || (s.optional && s.status !== 'begun'))
    const state = over && begun ? 'done' : begun ? 'under-way' : 'ahead'
    return [{ id, name, state, done, needed: needed.length, steps: own }]
  })
}
