import { listPeople, registerPerson } from '@liuhen/api/routes/people'
import { signIn } from '@liuhen/api/routes/session'
import { registerAgency, setUp } from '@liuhen/api/routes/setup'
import { type Session, openSession } from '../api-session.ts'
import type { Progress } from '../progress.ts'
import { DEMO_AGENCIES } from './agencies.ts'
import { DEMO_PASSWORD, DEMO_PEOPLE, type DemoPerson } from './people.ts'

const administrator = (login: string) => ({ name: '系统管理员', login, password: DEMO_PASSWORD })

const NAMES = Object.keys(DEMO_PEOPLE) as DemoPerson[]

/** The first agency through the first-run page's own route, the others by its administrator: one for each pack. */
export const fillAgencies = async (baseUrl: string, progress: Progress): Promise<Session> => {
  const [first, ...others] = DEMO_AGENCIES
  if (first === undefined) throw new Error('there is no demonstration agency')
  const admin = openSession(baseUrl)
  await admin.call(setUp, { body: { agency: first, administrator: administrator('admin') } })
  await admin.call(signIn, { body: { login: 'admin', password: DEMO_PASSWORD } })
  for (const [i, agency] of others.entries()) {
    await admin.call(registerAgency, { body: { agency, administrator: administrator(`admin${i + 2}`) } })
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

export const signInAll = async (baseUrl: string): Promise<Record<string, Session>> => {
  const pairs = NAMES.map(async (name) => {
    const session = openSession(baseUrl)
    await session.call(signIn, { body: { login: DEMO_PEOPLE[name].login ?? '', password: DEMO_PASSWORD } })
    return [name, session] as const
  })
  return Object.fromEntries(await Promise.all(pairs))
}
