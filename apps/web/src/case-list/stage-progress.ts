type Procedure = Readonly<{ id: string; stages: readonly Readonly<{ id: string; name: string }>[] }>
type Row = Readonly<{ procedure: string; stage: string; status: string }>

export type StageProgress = Readonly<{ done: number; of: number }>

/** How far a case has come: stages left behind, of how many. Unknown procedures have no bar. */
export function stageProgress(row: Row, procedures: readonly Procedure[]): StageProgress | undefined {
  const stages = procedures.find((p) => p.id === row.procedure)?.stages
  if (!stages || stages.length === 0) return undefined
  if (row.status === 'archived') return { done: stages.length, of: stages.length }
  const at = stages.findIndex((stage) => stage.id === row.stage)
  return at < 0 ? undefined : { done: at, of: stages.length }
}
