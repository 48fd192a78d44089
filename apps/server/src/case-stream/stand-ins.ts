import { chinaDate } from '@liuhen/domain/document/china-time'
import type { Actor } from '@liuhen/domain/event'
import { HEADS, type StandIn } from '@liuhen/domain/person/stand-in'
import type { Instant } from '@liuhen/law/fact'
import type { Tx } from '../postgres/transaction.ts'

type Row = { delegation_id: string; ranks: string[]; person_id: string; name: string }

/**
 * For which heads, who are away, this person decides today. Who is no head any more decides for nobody, and nobody
 * decides for who has left or has lost the post.
 */
export const standInsOf = async (tx: Tx, actor: Actor, now: Instant): Promise<readonly StandIn[]> => {
  if (actor.personId === undefined || !HEADS.some((role) => actor.roles.includes(role))) return []
  const { rows } = await tx.query<Row>(
    `SELECT s.delegation_id, s.ranks, s.person_id, p.name
       FROM app.stand_in s JOIN app.person p USING (person_id)
      WHERE s.delegate_id = $1 AND $2::date BETWEEN s.from_day AND s.to_day AND s.ended_at IS NULL
        AND p.left_on IS NULL AND s.ranks <@ p.roles
      ORDER BY s.named_at, s.delegation_id`,
    [actor.personId, chinaDate(now)],
  )
  return rows.flatMap(({ delegation_id: delegationId, ranks, person_id: personId, name }) =>
    HEADS.filter((rank) => ranks.includes(rank)).map((rank) => ({ delegationId, rank, personId, name })),
  )
}
