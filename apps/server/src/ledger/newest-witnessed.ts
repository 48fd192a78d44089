import type { Store } from '../event-store/store.ts'
import type { WitnessPolicy } from './witness-policy.ts'

type Witnessed = Readonly<{
  /** Of the checkpoint. */
  size: number
  /** How many of the named witnesses stand under it. */
  confirmed: number
}>

/**
 * The newest checkpoint, of this size or larger, under which enough of the named witnesses stand; undefined when there is
 * none. Leaps: no checkpoint is looked at that is newer than what enough of them have reached.
 */
export const newestWitnessed = async (
  pool: Store['pool'],
  { peers, isEnough }: Pick<WitnessPolicy, 'peers' | 'isEnough'>,
  fromSize = 0,
): Promise<Witnessed | undefined> => {
  const names = peers.map((p) => p.key.name)
  for (let bound = Number.MAX_SAFE_INTEGER; ; ) {
    const { rows } = await pool.query<{ witness: string; size: number }>(
      `SELECT w AS witness, s.size FROM unnest($1::text[]) w CROSS JOIN LATERAL
         (SELECT max(c.size) AS size FROM log.cosignature c WHERE c.witness = w AND c.size BETWEEN $2 AND $3) s
        WHERE s.size IS NOT NULL ORDER BY s.size DESC`,
      [names, fromSize, bound],
    )
    const reached = (size: number) => new Set(rows.filter((r) => r.size >= size).map((r) => r.witness))
    const next = rows.find((r) => isEnough(reached(r.size)))?.size
    if (next === undefined) return undefined
    // Below a bound of its own size nobody stands higher: whoever reached it signed it.
    if (next === bound) return { size: next, confirmed: reached(next).size }
    bound = next
  }
}
