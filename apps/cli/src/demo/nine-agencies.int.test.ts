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
import { MATTERS } from './matters.ts'
import { administratorOf, fillCrew, signInCrew } from './people-sign-in.ts'
import { DEMO_PASSWORD } from './people.ts'
import type { Carried } from './persist.ts'
import { workspace } from './play.ts'
import { carryToArchive, registerMatter } from './story-ordinary.ts'

const BEGINS = '2026-03-09T09:00:00+08:00'

/** An installation of one agency with its crew signed in, ready to register its matter. */
const crewAt = async (url: string, number: number): Promise<Carried> => {
  const agency = DEMO_AGENCIES[number - 1]
  const matter = MATTERS.find((m) => m.agency === agency?.code)
  if (agency === undefined || matter === undefined) throw new Error(`no matter of agency ${number}`)
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

const others = DEMO_AGENCIES.slice(1).map((agency, i) => [agency.name, i + 2] as const)

test.each(others)('%s carries an ordinary penalty from its lead to the archive', async (_, number) => {
  const database = await createTestInstallation()
  const config = readConfig({ LIUHEN_DATA: database.dataDir, LIUHEN_PORT: '0', LIUHEN_LOG: 'silent' })
  const running = await startInProcess({ config, urls: database.urls, demonstrationAt: BEGINS })
  try {
    const crew = await crewAt(running.url, number)
    const p = { ...crew, caseId: await registerMatter(crew) }
    await carryToArchive(p)
    const found = await workspace(p)
    expect(found.status).toBe('archived')
    expect(found.evaluation.duties.filter((d) => d.state === 'overdue').map((d) => d.what)).toEqual([])
    expect(found.disclosure === undefined).toBe(p.matter.withheld !== undefined)
  } finally {
    await running.stop()
    await database.close()
  }
})
