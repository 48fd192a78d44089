import { expect, test } from 'vitest'
import { setUp } from '@liuhen/api/routes/setup'
import { createTestInstallation } from '../../../../test/test-installation.ts'
import { readConfig } from '../../../server/src/config/config.ts'
import { startInProcess } from '../../../server/src/processes/start-in-process.ts'
import { openSession } from '../api-session.ts'
import { startProgress } from '../progress.ts'
import { DEMO_AGENCIES } from './agencies.ts'
import { crewOf } from './crews.ts'
import { DEEDS } from './deeds.ts'
import { formsOf } from './matter-forms.ts'
import { type Matter, MATTERS } from './matters.ts'
import { administratorOf, fillCrew, signInCrew } from './people-sign-in.ts'
import { DEMO_PASSWORD } from './people.ts'
import type { Carried } from './persist.ts'
import { workspace } from './play.ts'
import { carryToArchive, registerMatter } from './story-ordinary.ts'

const BEGINS = '2026-03-09T09:00:00+08:00'

const nameOf = ({ agency }: Matter): string => DEMO_AGENCIES.find((a) => a.code === agency)?.name ?? agency

/** An installation of one agency with its crew signed in, ready to register its matter. */
const crewAt = async (url: string, matter: Matter): Promise<Carried> => {
  const number = DEMO_AGENCIES.findIndex((a) => a.code === matter.agency) + 1
  const agency = DEMO_AGENCIES[number - 1]
  if (agency === undefined) throw new Error(`no agency ${matter.agency}`)
  const administrator = { name: '系统管理员', login: administratorOf(number), password: DEMO_PASSWORD }
  await openSession(url).call(setUp, { body: { agency, administrator } })
  const ids = await fillCrew(url, number)
  const crew = crewOf(number)
  const named = {
    officer: crew.officer.name,
    partner: crew.partner.name,
    unitHead: crew.unitHead.name,
    head: crew.head.name,
  }
  return {
    people: await signInCrew(url, number),
    ids,
    caseId: '',
    progress: startProgress(process.stderr, true),
    refusals: [],
    matter,
    forms: formsOf(matter, named),
    deeds: DEEDS,
    clock: { now: BEGINS },
    warned: [],
    asked: [],
  }
}

const cases = MATTERS.map((m) => [nameOf(m), m.title, m] as const)

test.each(cases)('%s carries “%s” from its lead to the archive', async (_agency, _title, matter) => {
  const database = await createTestInstallation()
  const config = readConfig({ LIUHEN_DATA: database.dataDir, LIUHEN_PORT: '0', LIUHEN_LOG: 'silent' })
  const running = await startInProcess({ config, urls: database.urls, demonstrationAt: BEGINS })
  try {
    const crew = await crewAt(running.url, matter)
    const p = { ...crew, caseId: await registerMatter(crew) }
    await carryToArchive(p)
    const found = await workspace(p)
    expect(found.status).toBe('archived')
    expect(p.warned).toEqual([])
    expect(found.evaluation.duties.filter((d) => d.state === 'overdue').map((d) => d.what)).toEqual([])
    expect(found.disclosure === undefined).toBe(p.matter.shownBy === 'nobody')
    const owner = await database.connectAs('owner')
    const { rowCount } = await owner.query('SELECT 1 FROM published.decision')
    expect(rowCount).toBe(p.matter.shownBy === 'portal' ? 1 : 0)
  } finally {
    await running.stop()
    await database.close()
  }
})
