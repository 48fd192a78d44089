import { assignHandlers, nameParty, registerLead } from '@liuhen/api/routes/cases'
import { carry, finishStep, isBegun, paper, serveInPerson } from './carry.ts'
import { type About, type Carried, before, later, persist } from './persist.ts'
import { as, begin, idsOf } from './play.ts'
import { archive, fileCase } from './story-file.ts'

const CREW = ['officer', 'partner'] as const

/** What somebody asks for, or what the agency sets out to do. */
export type Task = About &
  Readonly<{
    procedure: string
    title: string
    summary: string
    source: 'application' | 'inspection' | 'report' | 'superior' | 'transfer' | 'other'
  }>

export type Tasked = Carried & Readonly<{ matter: Task }>

/** Registers the matter, assigns two officers and names the party; answers the case on its way. */
export const beginCase = async (p: Tasked): Promise<Tasked> => {
  const { procedure, source, title, summary, place, party } = p.matter
  const lead = { procedure, source, title, summary, place, receivedAt: before(p, 10) }
  const { id = '' } = await as(p, 'clerk').call(registerLead, { body: lead })
  const params = { id }
  await as(p, 'unitHead').call(assignHandlers, { params, body: { personIds: idsOf(p, CREW) } })
  await as(p, 'officer').call(nameParty, { params, body: party })
  return { ...p, caseId: id }
}

/** The next day the decision reaches the applicant by hand, in front of the recorder. */
export const deliver = async (p: Carried, documentId: string, step = 'service'): Promise<void> => {
  await later(p, 1, '10:00')
  const body = { officerIds: idsOf(p, CREW), place: p.matter.party.address, from: before(p, 5) }
  if (!(await isBegun(p, step)))
    await persist(p, step, (reason) => begin(p, 'officer', step, { ...body, reason }))
  await serveInPerson(p, step, documentId)
  await finishStep(p, step, 5)
}

export const decideAndDeliver = async (p: Carried, decision: string): Promise<void> => {
  const id = await paper(p, 'officer', { type: decision, step: 'decision' })
  await finishStep(p, 'decision')
  await deliver(p, id)
}

/** Closed, put on file and archived. */
export const closeAndArchive = async (p: Carried): Promise<void> => {
  await later(p, 1, '10:00')
  await carry(p, 'closing')
  await later(p, 1, '10:00')
  await fileCase(p)
  await later(p, 1, '10:00')
  await archive(p)
}
