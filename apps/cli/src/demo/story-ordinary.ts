import { assignHandlers, flagCase, nameParty, registerLead } from '@liuhen/api/routes/cases'
import { carry, finishStep, paper, serveInPerson } from './carry.ts'
import { note } from './deeds.ts'
import type { Matter } from './matters.ts'
import { type Carried, before, moment, persist } from './persist.ts'
import { as, begin, idsOf } from './play.ts'
import { archive, disclose, fileCase } from './story-file.ts'

const CREW = ['officer', 'partner'] as const

/** An ordinary penalty: its matter says what was done and what follows. */
export type Ordinary = Carried & Readonly<{ matter: Matter }>

/** Registers the lead of the agency's matter; answers the case's id. */
export const registerMatter = async (p: Ordinary): Promise<string> => {
  await moment(p, '2026-03-09 09:30')
  const { source, title, summary, violation, place } = p.matter
  const lead = { source, title, summary, violation, place, receivedAt: before(p, 10) }
  const done = await as(p, 'clerk').call(registerLead, { body: { procedure: 'penalty-ordinary', ...lead } })
  if (done.id === undefined) throw new Error('the lead was registered without an id')
  return done.id
}

const open = async (p: Ordinary): Promise<void> => {
  const params = { id: p.caseId }
  await carry(p, 'lead')
  await carry(p, 'acceptance')
  await as(p, 'unitHead').call(assignHandlers, { params, body: { personIds: idsOf(p, CREW) } })
  await as(p, 'officer').call(nameParty, { params, body: p.matter.party })
  for (const flag of p.matter.flags)
    await as(p, 'unitHead').call(flagCase, { params, body: { ...flag, on: true } })
  await moment(p, '2026-03-09 14:00')
  await carry(p, 'filing')
}

const investigate = async (p: Carried): Promise<void> => {
  await moment(p, '2026-03-10 09:35')
  await carry(p, 'inspection', 5)
  await moment(p, '2026-03-10 10:33')
  await carry(p, 'inquiry', 3)
  await moment(p, '2026-03-12 10:00')
  await carry(p, 'investigation-report')
}

const decide = async (p: Carried): Promise<string> => {
  await moment(p, '2026-03-13 10:00')
  await carry(p, 'legal-review')
  await carry(p, 'deliberation')
  await moment(p, '2026-03-16 10:00')
  const notice = await paper(p, 'officer', { type: 'penalty-advance-notice', step: 'advance-notice' })
  await serveInPerson(p, 'advance-notice', notice)
  await finishStep(p, 'advance-notice')
  await moment(p, '2026-03-17 10:00')
  await carry(p, 'statement', 10)
  await carry(p, 'statement-review')
  await moment(p, '2026-03-18 10:00')
  const decision = await paper(p, 'officer', { type: 'penalty-decision', step: 'decision' })
  await finishStep(p, 'decision')
  return decision
}

const execute = async (p: Carried, decision: string): Promise<void> => {
  await moment(p, '2026-03-19 10:00')
  const service = { officerIds: idsOf(p, CREW), place: p.matter.party.address, from: before(p, 5) }
  await persist(p, 'service', (reason) => begin(p, 'officer', 'service', { ...service, reason }))
  await serveInPerson(p, 'service', decision)
  await finishStep(p, 'service', 5)
}

const close = async (p: Carried): Promise<void> => {
  await moment(p, '2026-03-27 15:00')
  await note('officer', 'penalty-paid', { receiptNo: '票20260327001' })(p, 'performance')
  await moment(p, '2026-03-30 10:30')
  await carry(p, 'performance')
  await moment(p, '2026-03-31 10:00')
  await carry(p, 'closing')
}

const file = async (p: Carried): Promise<void> => {
  await moment(p, '2026-04-01 10:00')
  await fileCase(p)
  await moment(p, '2026-04-02 09:00')
  await archive(p)
}

/** The whole way of an ordinary penalty, from its registered lead to the archive. */
export const carryToArchive = async (p: Ordinary): Promise<void> => {
  await open(p)
  await investigate(p)
  const decision = await decide(p)
  await execute(p, decision)
  await moment(p, '2026-03-20 09:00')
  await disclose(p)
  await close(p)
  await file(p)
}
