import { ranksOf } from '@liuhen/domain/case/can'
import { RANK_NAMES } from '@liuhen/law/evaluate/words'
import { wordFor } from '@liuhen/domain/case/words'
import type { Actor } from '@liuhen/domain/event'
import type { StandIn } from '@liuhen/domain/person/stand-in'
import { present } from '@liuhen/domain/present'
import { FactPerson, type Instant } from '@liuhen/law/fact'
import type { Law } from '@liuhen/law/law'
import { approvalPhrases } from '@liuhen/law/schema/approval'
import { opinionPhrases } from '../case-stream/agency.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { standInsOf } from '../case-stream/stand-ins.ts'
import { withAgency } from '../postgres/transaction.ts'

type Row = {
  case_id: string
  case_no: string
  title: string
  document_id: string
  type: string
  name: string
  rank: string
  submitted_at: Instant
  submitted_by: unknown
}

type Given = Readonly<{
  standIns: readonly StandIn[]
  /** The actor's own posts. */
  own: readonly string[]
  law: Law
  kept: ReadonlyMap<string, string[]>
}>

const phrasesOf = (type: string, { law, kept }: Given) => {
  const said = approvalPhrases(law.approval, type)
  return { agree: [...said.agree], return: [...said.return], own: kept.get(type) ?? [] }
}

const view = (r: Row, given: Given) => ({
  caseId: r.case_id,
  caseNo: r.case_no,
  caseTitle: r.title,
  documentId: r.document_id,
  type: r.type,
  name: r.name,
  rank: r.rank,
  rankName: wordFor(RANK_NAMES, r.rank),
  submittedAt: r.submitted_at,
  submittedBy: FactPerson.parse(r.submitted_by),
  ...present({
    standsInFor:
      r.rank === 'handler' || given.own.includes(r.rank)
        ? undefined
        : given.standIns.find((d) => d.rank === r.rank)?.name,
  }),
  phrases: phrasesOf(r.type, given),
})

/**
 * What waits for the actor's opinion, the oldest first: by an own post, or in the place of a head who is away. Nobody
 * above the handler is asked about a paper or a case of their own, nor twice about the same paper.
 */
export const myApprovals = async (
  { store, library }: Pick<CaseDeps, 'store' | 'library'>,
  actor: Actor,
): Promise<{ items: ReturnType<typeof view>[] }> => {
  const now = await store.clock.now()
  return withAgency(store, actor.agencyId, async (tx) => {
    const standIns = await standInsOf(tx, actor, now)
    const own = ranksOf(actor)
    const { rows } = await tx.query<Row>(
      `SELECT a.*, coalesce(c.case_no, c.lead_no) AS case_no, c.title
       FROM app.approval_row a JOIN app.case_row c USING (case_id)
       WHERE (a.rank = ANY ($1) AND a.submitted_by->>'personId' IS DISTINCT FROM $2
              AND NOT $2 = ANY (c.handler_ids) AND NOT $2 = ANY (a.stood_in))
          OR (a.rank = 'handler' AND $2 = ANY (c.handler_ids))
          OR EXISTS (SELECT FROM unnest($3::text[], $4::text[]) AS s(rank, person_id)
                     WHERE a.rank = s.rank AND a.submitted_by->>'personId' IS DISTINCT FROM $2
                       AND a.submitted_by->>'personId' IS DISTINCT FROM s.person_id
                       AND NOT c.handler_ids && ARRAY[$2, s.person_id] AND NOT $2 = ANY (a.approved_by))
       ORDER BY a.submitted_at, a.document_id LIMIT 500`,
      [
        own,
        actor.personId ?? '',
        standIns.filter((d) => !own.includes(d.rank)).map((d) => d.rank),
        standIns.filter((d) => !own.includes(d.rank)).map((d) => d.personId),
      ],
    )
    const given: Given = { standIns, own, law: library.law, kept: await opinionPhrases(tx, actor.agencyId) }
    return { items: rows.map((row) => view(row, given)) }
  })
}
