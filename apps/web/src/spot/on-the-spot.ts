import type { ResponseOf } from '@liuhen/api/route'
import type { listProcedures } from '@liuhen/api/routes/law'
import { Source } from '@liuhen/domain/case/events'

type Procedure = ResponseOf<typeof listProcedures>['items'][number]
export type OnTheSpot = Readonly<{
  id: string
  name: string
  step: string
  document: string
  source: Source
}>

/** What officers find themselves, unless the procedure knows other sources only. */
const FOUND: Source = 'inspection'

const sourceOf = ({ sources }: Procedure): Source => {
  const [first] = sources
  const known = sources.length === 0 || sources.some((s) => s.value === FOUND)
  return known || first === undefined ? FOUND : Source.parse(first.value)
}

/** The procedures that are carried out whole on the spot and that the agency may open. */
export const onTheSpotOf = (procedures: readonly Procedure[]): readonly OnTheSpot[] =>
  procedures.flatMap((p) =>
    p.onTheSpot === undefined || !p.offered
      ? []
      : [{ id: p.id, name: p.name, source: sourceOf(p), ...p.onTheSpot }],
  )
