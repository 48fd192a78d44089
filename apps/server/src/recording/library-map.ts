import type { QueryOf, ResponseOf } from '@liuhen/api/route'
import type * as routes from '@liuhen/api/routes/library'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import type { PlaceSource } from '@liuhen/domain/recording/place'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { conditionsOf } from './library.ts'
import { type Conditions, sidesOf } from './library-filter.ts'
import type { RecordingDeps } from './recording-deps.ts'

type Deps = Pick<RecordingDeps, 'store' | 'library'>
type Query = QueryOf<typeof routes.libraryMap>
type Answer = ResponseOf<typeof routes.libraryMap>
type Bounds = NonNullable<Answer['bounds']>
type Counted = Readonly<{ placed: number; unplaced: number }> & { [side in keyof Bounds]: number | null }

/** Of all that is looked for, also outside what the map shows. */
const count = async (deps: Deps, tx: Tx, actor: Actor, q: Query): Promise<Counted | undefined> => {
  const { sql, values } = await conditionsOf(deps, tx, actor, { ...q, box: undefined })
  const { rows } = await tx.query<Omit<Counted, 'unplaced'>>(
    `SELECT count(*)::integer AS placed, min(r.longitude) AS west, max(r.longitude) AS east,
       min(r.latitude) AS south, max(r.latitude) AS north ${sql} AND r.latitude IS NOT NULL`,
    values,
  )
  const { rows: without } = await tx.query<{ unplaced: number }>(
    `SELECT count(*)::integer AS unplaced ${sql} AND r.latitude IS NULL`,
    values,
  )
  return rows[0] && { unplaced: 0, ...without[0], ...rows[0] }
}

const boundsOf = ({ box }: Query, { west, south, east, north }: Counted): Bounds | undefined => {
  if (west === null || east === null || south === null || north === null) return undefined
  return box === undefined ? { west, south, east, north } : sidesOf(box)
}

type Square = Bounds & {
  latitude: number
  longitude: number
  n: number
  id: string
  source: PlaceSource
  accuracy: number | null
}

/** A square is as many degrees of longitude wide as the map is, by columns; the same of latitude high. */
const squaresIn = async (tx: Tx, c: Conditions, q: Query, b: Bounds): Promise<Answer['squares']> => {
  const side = c.bind(Math.max((b.east - b.west) / q.columns, (b.north - b.south) / q.columns, 1e-9))
  const { rows } = await tx.query<Square>(
    `SELECT avg(r.latitude) AS latitude, avg(r.longitude) AS longitude, count(*)::integer AS n, min(r.recording_id) AS id,
       min(r.place_source) AS source, min(r.place_metres) AS accuracy,
       min(r.longitude) AS west, max(r.longitude) AS east, min(r.latitude) AS south, max(r.latitude) AS north
     ${c.sql} AND r.latitude IS NOT NULL
     GROUP BY floor(r.longitude / ${side}::double precision), floor(r.latitude / ${side}::double precision)
     ORDER BY n DESC, id LIMIT 2000`,
    c.values,
  )
  return rows.map(({ id, source, accuracy, ...square }) =>
    square.n === 1 ? present({ ...square, id, source, accuracyMetres: accuracy ?? undefined }) : square,
  )
}

/** Where recordings were made, and how many of them nobody knows that of. */
export const libraryMap = (deps: Deps, actor: Actor, q: Query): Promise<Answer> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const counted = await count(deps, tx, actor, q)
    if (counted === undefined) return { squares: [], placed: 0, unplaced: 0 }
    const { placed, unplaced } = counted
    const bounds = boundsOf(q, counted)
    if (bounds === undefined) return { squares: [], placed, unplaced }
    const squares = await squaresIn(tx, await conditionsOf(deps, tx, actor, q), q, bounds)
    return { bounds, squares, placed, unplaced }
  })
