import type { CaseWorkspace } from '@liuhen/api/routes/cases'

type Film = CaseWorkspace['recordings'][number]

/** Somebody who films a service starts before it and stops after it; what lies further away shows something else. */
const NEAR_MS = 30 * 60_000

const distance = ({ from, to }: Film, at: number): number =>
  Math.max(Date.parse(from) - at, at - Date.parse(to), 0)

/** The films of the case, those around the service first; the others stay at hand, since a time may be mistyped. */
export function filmsOfService(
  films: readonly Film[],
  servedAt: string | undefined,
): Readonly<{ near: readonly Film[]; others: readonly Film[] }> {
  const at = Date.parse(servedAt ?? '')
  if (Number.isNaN(at)) return { near: [], others: films }
  const near = films.filter((film) => distance(film, at) <= NEAR_MS)
  return { near, others: films.filter((film) => !near.includes(film)) }
}
