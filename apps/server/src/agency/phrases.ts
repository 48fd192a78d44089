import type { ResponseOf } from '@liuhen/api/route'
import type { listPhrases } from '@liuhen/api/routes/settings'
import * as decide from '@liuhen/domain/agency/phrases'
import type { Actor } from '@liuhen/domain/event'
import type { Refusal } from '@liuhen/domain/refusal'
import { civilDateOf } from '@liuhen/law/civil-date'
import { inForce } from '@liuhen/law/law'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { actOnAgency, type AgencyDone, readAgency } from './act-on-agency.ts'

/** The agency's own phrases, by document and field, each with who kept it last. */
export const phrasesOf = async (
  { store }: CaseDeps,
  actor: Actor,
): Promise<ResponseOf<typeof listPhrases>> => {
  const agency = await readAgency(store, actor.agencyId)
  if (agency.status === 'none') throw new Error(`no agency ${actor.agencyId}`)
  return { items: agency.phrases.map((one) => ({ ...one, phrases: [...one.phrases] })) }
}

export const keepPhrases = (
  { store, library: { law } }: CaseDeps,
  c: Readonly<{ commandId: string; actor: Actor }>,
  asked: Readonly<{ document: string; field: string; phrases: readonly string[] }>,
): Promise<AgencyDone | Refusal> =>
  actOnAgency(store, { ...c, what: 'keepPhrases' }, (s, { now }) =>
    decide.keepPhrases(s, asked, {
      now,
      actor: c.actor,
      document: (type) =>
        inForce(
          law.documents.filter((d) => d.id === type),
          civilDateOf(now),
        ),
    }),
  )
