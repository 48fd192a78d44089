import type { RecordedEvent } from '@liuhen/domain/event'
import type { RecordedCaseEvent } from '../case-stream/folded-case.ts'

type Shown = Readonly<{
  step: string
  scene: string
  /** Names of the papers whose service it shows. */
  papers: readonly string[]
}>

/** What a recording shows, as the system's own pages call it: its step, its scene where that says more, the paper served. */
export const recordingTitle = ({ step, scene, papers }: Shown): string => {
  const beside = papers.join('、')
  const both = step.includes(scene) ? step : scene.includes(step) ? scene : undefined
  if (both !== undefined) return beside === '' ? both : `${both}（${beside}）`
  return beside === '' ? `${step}（${scene}）` : `${scene}（${beside}）`
}

/** Papers whose service a recording shows, by the recording. */
export const servedOnFilm = (
  events: readonly RecordedEvent[],
  nameOf: (documentId: string) => string | undefined,
): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, readonly string[]>()
  for (const e of events as readonly RecordedCaseEvent[]) {
    if (e.type !== 'DocumentServed') continue
    const name = nameOf(e.data.public.documentId)
    for (const id of e.data.internal?.recordingIds ?? [])
      if (name !== undefined) found.set(id, [...new Set([...(found.get(id) ?? []), name])])
  }
  return found
}
