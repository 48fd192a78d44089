import { listPeople, registerPerson } from '@liuhen/api/routes/people'
import { signIn } from '@liuhen/api/routes/session'
import { registerAgency, setUp } from '@liuhen/api/routes/setup'
import { type Session, openSession } from '../api-session.ts'
import type { Progress } from '../progress.ts'
import { DEMO_AGENCIES } from './agencies.ts'
import { crewOf, POST_IDS } from './crews.ts'
import { DEMO_PASSWORD, DEMO_PEOPLE, type DemoPerson } from './people.ts'

/** `admin` for the first agency, `admin2` and so on for the others. */
export const administratorOf = (agency: number): string => (agency === 1 ? 'admin' : `admin${agency}`)

const administrator = (login: string) => ({ name: '系统管理员', login, password: DEMO_PASSWORD })

const NAMES = Object.keys(DEMO_PEOPLE) as DemoPerson[]

/** The first agency through the first-run page's own route, the others by its administrator: one for each pack. */
export const fillAgencies = async (baseUrl: string, progress: Progress): Promise<Session> => {
  const [first, ...others] = DEMO_AGENCIES
  if (first === undefined) throw new Error('there is no demonstration agency')
  const admin = openSession(baseUrl)
  await admin.call(setUp, { body: { agency: first, administrator: administrator(administratorOf(1)) } })
  await admin.call(signIn, { body: { login: 'admin', password: DEMO_PASSWORD } })
  for (const [i, agency] of others.entries()) {
    await admin.call(registerAgency, {
      body: { agency, administrator: administrator(administratorOf(i + 2)) },
    })
    progress.bar(agency.name, i + 1, others.length)
  }
  progress.end()
  return admin
}

/** Registers the street office's people with their accounts; answers their ids. */
export const fillPeople = async (admin: Session): Promise<Record<string, string>> => {
  for (const name of NAMES) await admin.call(registerPerson, { body: DEMO_PEOPLE[name] })
  const { items } = await admin.call(listPeople, { query: { limit: 200 } })
  return Object.fromEntries(
    NAMES.map((name) => [name, items.find((p) => p.login === DEMO_PEOPLE[name].login)?.id ?? '']),
  )
}

const enter = async (baseUrl: string, login: string): Promise<Session> => {
  const session = openSession(baseUrl)
  await session.call(signIn, { body: { login, password: DEMO_PASSWORD } })
  return session
}

export const signInAll = async (baseUrl: string): Promise<Record<string, Session>> => {
  const pairs = NAMES.map(
    async (name) => [name, await enter(baseUrl, DEMO_PEOPLE[name].login ?? '')] as const,
  )
  return Object.fromEntries(await Promise.all(pairs))
}

/** The crew of the agency with this number, registered by its administrator, all at once. Answers who has which id. */
export const fillCrew = async (baseUrl: string, agency: number): Promise<Record<string, string>> => {
  const admin = await enter(baseUrl, administratorOf(agency))
  const crew = crewOf(agency)
  const pairs = POST_IDS.map(async (post) => {
    const { id = '' } = await admin.call(registerPerson, { body: crew[post] })
    return [post, id] as const
  })
  return Object.fromEntries(await Promise.all(pairs))
}

/** A crew for every agency but the first, all agencies at once: hashing passwords is what takes the time. */
export const fillCrews = async (baseUrl: string, progress: Progress): Promise<void> => {
  const others = DEMO_AGENCIES.slice(1)
  let done = 0
  const filled = others.map(async (_, i) => {
    await fillCrew(baseUrl, i + 2)
    done += 1
    progress.bar('各机关人员', done, others.length)
  })
  await Promise.all(filled)
  progress.end()
}

export const signInCrew = async (baseUrl: string, agency: number): Promise<Record<string, Session>> => {
  const crew = crewOf(agency)
  const pairs = POST_IDS.map(async (post) => [post, await enter(baseUrl, crew[post].login ?? '')] as const)
  return Object.fromEntries(await Promise.all(pairs))
}
