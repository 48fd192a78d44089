export type Row = Readonly<Record<string, unknown>>

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const rowOf = (value: unknown): Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
export const rowsOf = (value: unknown): readonly Row[] => listOf(value).map(rowOf)

export const isFilled = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** Problems that belong to a field: its own, and those of its rows. */
export const problemsOf = <P extends Readonly<{ path: string }>>(
  id: string,
  problems: readonly P[],
): readonly P[] =>
  problems.filter(({ path }) => path === id || path.startsWith(`${id}.`) || path.startsWith(`${id}[`))

/** The place in a form that a problem's path leads to. */
export const fieldOfPath = (path: string): string => path.split(/[.[]/)[0] ?? path

type Said<P> = Readonly<{ problems: readonly P[]; data: Readonly<Record<string, unknown>> }>

/** What was said of a field holds until the field is changed: then the next check tells. What is said of the whole stays. */
export function stillSaid<P extends Readonly<{ path: string }>>(
  { problems, data }: Said<P>,
  now: Readonly<Record<string, unknown>>,
): P[] {
  return problems.filter(({ path }) => path === '' || data[fieldOfPath(path)] === now[fieldOfPath(path)])
}
