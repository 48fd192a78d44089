import { assignHandlers, flagCase, nameParty, registerLead } from '@liuhen/api/routes/cases'
import { carry } from '../carry.ts'
import type { Ordinary } from '../story-ordinary.ts'
import { type Carried, before, moment } from '../persist.ts'
import { as, idsOf } from '../play.ts'

const CREW = ['officer', 'partner'] as const

type Lead = Readonly<{
  procedure: string
  /** When it is registered, in China time. */
  when: string
  informant?: { name: string; phone: string }
}>

/** Registers the matter as a case of this procedure, at this moment. */
export const register = async (crew: Ordinary, { procedure, when, informant }: Lead): Promise<Ordinary> => {
  await moment(crew, when)
  const { source, title, summary, violation, place } = crew.matter
  const lead = { procedure, source, title, summary, violation, place, receivedAt: before(crew, 5), informant }
  const done = await as(crew, 'clerk').call(registerLead, { body: lead })
  if (done.id === undefined) throw new Error('the lead was registered without an id')
  return { ...crew, caseId: done.id }
}

/** Its handlers and its party; the marks that the matter carries. */
export const take = async (p: Ordinary): Promise<void> => {
  const params = { id: p.caseId }
  await as(p, 'unitHead').call(assignHandlers, { params, body: { personIds: idsOf(p, CREW) } })
  await as(p, 'officer').call(nameParty, { params, body: p.matter.party })
  for (const flag of p.matter.flags) await mark(p, flag.flag, flag.reason)
}

export const mark = (p: Carried, flag: string, reason: string) =>
  as(p, 'unitHead').call(flagCase, { params: { id: p.caseId }, body: { flag, on: true, reason } })

/** From the lead to the filing, in procedures that have them. */
export const open = async (crew: Ordinary, lead: Lead): Promise<Ordinary> => {
  const p = await register(crew, lead)
  await carry(p, 'lead')
  await carry(p, 'acceptance')
  await take(p)
  await carry(p, 'filing')
  return p
}
