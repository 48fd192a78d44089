import { approveDisposal, listDue, proposeDisposal, reviewDisposal } from '@liuhen/api/routes/disposals'
import { openRegister } from '@liuhen/api/routes/registers'
import { type Play, as, at, begin, complete, idsOf } from './play.ts'
import { record } from './record.ts'

type Crew = Omit<Play, 'caseId'>

const CREW = ['officer', 'partner'] as const

/** One minute of a street on film: six months later its time has come (zml-26-2). */
const walk = async (p: Play, day: string, clip: string, place: string): Promise<void> => {
  await at(p, `${day} 09:30`)
  const from = `${day}T09:30:00+08:00`
  const to = `${day}T09:31:00+08:00`
  const step = 'patrol'
  await begin(p, 'officer', step, { from, officerIds: idsOf(p, CREW), place })
  await at(p, `${day} 09:40`)
  const details = { place, content: '沿街巡查，未发现违法行为' }
  await record(p, { clip, step, scene: 'patrol', from, to, details })
  await complete(p, 'officer', step, { from, to })
}

/** Two patrols of the autumn before. They belong to no case, and nobody wants them as evidence. */
export const patrol = async (crew: Crew): Promise<void> => {
  const unitHead = as({ ...crew, caseId: '' }, 'unitHead')
  const body = { procedure: 'patrol', title: '2025年秋季日常巡查' }
  const { id } = await unitHead.call(openRegister, { body })
  if (id === undefined) throw new Error('the register of patrols was opened without an id')
  const p = { ...crew, caseId: id }
  await walk(p, '2025-09-15', 'patrol-1', '示范路')
  await walk(p, '2025-10-13', 'patrol-2', '示范二路')
}

/** The first of them is due: three people decide, and thirty days of cooling begin. The second is left to whoever looks. */
export const disposeOfPatrol = async (crew: Crew): Promise<void> => {
  const p = { ...crew, caseId: '' }
  await at(p, '2026-03-23 09:30')
  const { items } = await as(p, 'custodian').call(listDue, { query: { limit: 50 } })
  const recordingIds = items.flatMap((due) => ('recordingId' in due ? [due.recordingId] : []))
  const { id = '' } = await as(p, 'custodian').call(proposeDisposal, { body: { recordingIds } })
  const params = { id }
  const opinion = '保存期满，没有作为证据使用，同意销毁。'
  const seen = { opinion, seen: recordingIds, struck: [] }
  await as(p, 'archivist').call(reviewDisposal, { params, body: seen })
  await as(p, 'head').call(approveDisposal, { params, body: { opinion: '同意。' } })
}
