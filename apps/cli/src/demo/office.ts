import { registerAgency, setUp } from '@liuhen/api/routes/setup'
import { signIn } from '@liuhen/api/routes/session'
import { openSession } from '../api-session.ts'
import { startProgress } from '../progress.ts'
import { DEMO_AGENCIES } from './agencies.ts'
import { crewOf } from './crews.ts'
import { DEEDS } from './deeds.ts'
import { administratorOf, fillCrew, signInCrew } from './people-sign-in.ts'
import { DEMO_PASSWORD } from './people.ts'
import type { Named } from './matter-forms.ts'
import type { About, Carried } from './persist.ts'
import { typeForm } from './type-form.ts'

const numberOf = (code: string): number => {
  const index = DEMO_AGENCIES.findIndex((a) => a.code === code)
  if (index < 0) throw new Error(`no agency ${code}`)
  return index + 1
}

/** The first agency founds the installation, its administrator registers the others. */
const found = async (url: string, [first = 1, ...others]: readonly number[]): Promise<void> => {
  const founding = (n: number) => {
    const agency = DEMO_AGENCIES[n - 1]
    if (agency === undefined) throw new Error(`no agency ${n}`)
    const administrator = { name: '系统管理员', login: administratorOf(n), password: DEMO_PASSWORD }
    return { agency, administrator }
  }
  const session = openSession(url)
  await session.call(setUp, { body: founding(first) })
  await session.call(signIn, { body: { login: administratorOf(first), password: DEMO_PASSWORD } })
  for (const n of others) await session.call(registerAgency, { body: founding(n) })
}

/** An agency with its crew signed in, ready to begin a case or a register. */
export type Office = Omit<Carried, 'caseId' | 'matter' | 'forms' | 'warned' | 'asked'> &
  Readonly<{ named: Named }>

const crewAt = async (url: string, n: number, clock: { now: string }): Promise<Office> => {
  const ids = await fillCrew(url, n)
  const { officer, partner, unitHead, head } = crewOf(n)
  return {
    people: await signInCrew(url, n),
    ids,
    progress: startProgress(process.stderr, true),
    refusals: [],
    deeds: DEEDS,
    clock,
    named: { officer: officer.name, partner: partner.name, unitHead: unitHead.name, head: head.name },
  }
}

/** Demonstration agencies in an empty installation, by their codes. They share its clock. */
export const openOffices = async (
  url: string,
  codes: readonly string[],
  begins: string,
): Promise<readonly Office[]> => {
  const numbers = codes.map(numberOf)
  await found(url, numbers)
  const clock = { now: begins }
  return Promise.all(numbers.map((n) => crewAt(url, n, clock)))
}

/** A case or a register of the office on its way. */
export const underWay = <A extends About>(
  office: Office,
  matter: A,
  forms: Carried['forms'] = {},
): Carried & { matter: A } => ({ ...office, caseId: '', matter, forms, warned: [], asked: [] })

/** What the story does not say of a form is typed by the field's own name. */
export const typing = <P extends Carried>(p: P): P => ({
  ...p,
  types: (opened, said) => typeForm(opened, said, p.clock.now),
})
