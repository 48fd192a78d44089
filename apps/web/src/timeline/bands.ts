import type { Span } from './axis.ts'

type Entry = Readonly<{ at: string; step?: string | undefined }>
type Step = Readonly<{ id: string; stage: string }>
export type Band = Span & Readonly<{ stage: string }>

/** The time each stage took: from its first event to its last. Stages without events have no band. */
export function bandsOf(
  entries: readonly Entry[],
  steps: readonly Step[],
  stages: readonly string[],
): readonly Band[] {
  const stageOf = new Map(steps.map((step) => [step.id, step.stage]))
  return stages.flatMap((stage) => {
    const times = entries
      .filter((e) => e.step !== undefined && stageOf.get(e.step) === stage)
      .map((e) => Date.parse(e.at))
    return times.length === 0 ? [] : [{ stage, from: Math.min(...times), to: Math.max(...times) }]
  })
}

type Finding = Readonly<{
  code: string
  message: string
  facts?: Readonly<Record<string, string | number>> | undefined
}>
export type GapMark = Span & Readonly<{ message: string }>

/** Times that a finding says should have been recorded and were not: its facts carry `from` and `to`. */
export function gapsOf(findings: readonly Finding[]): readonly GapMark[] {
  return findings.flatMap(({ facts, message }) => {
    const from = Date.parse(String(facts?.['from'] ?? ''))
    const to = Date.parse(String(facts?.['to'] ?? ''))
    return Number.isNaN(from) || Number.isNaN(to) || to <= from ? [] : [{ from, to, message }]
  })
}
