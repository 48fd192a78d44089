import { expect, test } from 'vitest'
import { createOffices } from '../../../../test/test-office.ts'
import { DEMO_AGENCIES } from './agencies.ts'
import { formsOf } from './matter-forms.ts'
import { type Matter, MATTERS } from './matters.ts'
import { underWay } from './office.ts'
import { workspace } from './play.ts'
import { carryToArchive, registerMatter } from './story-ordinary.ts'

const BEGINS = '2026-03-09T09:00:00+08:00'

const nameOf = ({ agency }: Matter): string => DEMO_AGENCIES.find((a) => a.code === agency)?.name ?? agency

const cases = MATTERS.map((m) => [nameOf(m), m.title, m] as const)

test.each(cases)('%s carries “%s” from its lead to the archive', async (_agency, _title, matter) => {
  const { offices, connectAs, close } = await createOffices(BEGINS, [matter.agency])
  try {
    const [office] = offices
    const crew = underWay(office, matter, formsOf(matter, office.named))
    const p = { ...crew, caseId: await registerMatter(crew) }
    await carryToArchive(p)
    const found = await workspace(p)
    expect(found.status).toBe('archived')
    expect(p.warned).toEqual([])
    expect(found.evaluation.duties.filter((d) => d.state === 'overdue').map((d) => d.what)).toEqual([])
    expect(found.disclosure === undefined).toBe(p.matter.shownBy === 'nobody')
    const owner = await connectAs('owner')
    const { rowCount } = await owner.query('SELECT 1 FROM published.decision')
    expect(rowCount).toBe(p.matter.shownBy === 'portal' ? 1 : 0)
  } finally {
    await close()
  }
})
