import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { getCase } from '@liuhen/api/routes/cases'
import { listDocumentDefinitions } from '@liuhen/api/routes/law'
import { signIn } from '@liuhen/api/routes/session'
import { moveClock, setUp } from '@liuhen/api/routes/setup'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import { expect } from 'vitest'
import { openSession, type Session } from '../../apps/cli/src/api-session.ts'
import { DEMO_AGENCIES } from '../../apps/cli/src/demo/agencies.ts'
import { crewOf, type Post } from '../../apps/cli/src/demo/crews.ts'
import { formsOf } from '../../apps/cli/src/demo/matter-forms.ts'
import type { Matter } from '../../apps/cli/src/demo/matters.ts'
import { administratorOf, fillCrew } from '../../apps/cli/src/demo/people-sign-in.ts'
import { DEMO_PASSWORD } from '../../apps/cli/src/demo/people.ts'
import type { Provoked } from './agency-visit-provoke.ts'
import { changed, type Deed } from './agency-visit-ask.ts'
import { untilRead } from './on-page.ts'
import { startStack } from './stack.ts'
import { DESK, PATIENCE, PHONE, type Visit } from './visit.ts'

const BEGINS = '2026-03-09T09:00:00+08:00'
/** Too narrow for form and paper side by side: a preview after each field would take most of the time. */
const NARROW = { width: 1200, height: 800 } as const
const PICTURES = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'agency-visit')

/** An agency's people at their screens, and the case that they carry. */
export type Crew = Readonly<{
  matter: Matter
  /** What the people type, by the id of the form. */
  forms: ReturnType<typeof formsOf>
  /** The forms' own words: a person reads them on the screen. */
  papers: ReadonlyMap<string, DocumentDefinition>
  names: Readonly<Record<Post, string>>
  page: (post: Post) => Promise<Page>
  /** Moves the demonstration's clock to a moment in China time; never back. */
  moveTo: (when: string) => Promise<void>
  /** So many minutes before the clock, as it is typed: 2026-03-10 09:30. */
  before: (minutes: number) => string
  picture: (page: Page, name: string) => Promise<void>
  /** Until what is issued has its archival PDF: jobs make them, whatever the people do. */
  untilPrinted: () => Promise<void>
  /** The address of the case, once there is one. */
  place: { address: string }
  deeds: readonly Deed[]
  /** What a rule only warned of and a reason was given for. */
  warned: string[]
  /** What was tried though the law forbids it, and what the screens said. */
  provoked: Provoked[]
  /** Refusals that name no article, or do not say what to do. */
  bare: string[]
  /** Who had to do something that their own desk did not tell them. */
  untold: string[]
}>

export type Agency = Readonly<{ url: string; stop: () => Promise<void> }>

export const numberOf = ({ agency }: Matter): number => DEMO_AGENCIES.findIndex((a) => a.code === agency) + 1

/** An installation of this one agency with its people registered. */
export const openAgency = async (number: number): Promise<Agency> => {
  const agency = DEMO_AGENCIES[number - 1]
  if (agency === undefined) throw new Error(`there is no agency ${number}`)
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-visit-'))
  const running = await startStack(folder, BEGINS)
  const stop = async (): Promise<void> => {
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  }
  const administrator = { name: '系统管理员', login: administratorOf(number), password: DEMO_PASSWORD }
  await openSession(running.url).call(setUp, { body: { agency, administrator } })
  await fillCrew(running.url, number)
  return { url: running.url, stop }
}

const CHINA_MS = 8 * 3_600_000
const typed = (ms: number): string => new Date(ms + CHINA_MS).toISOString().slice(0, 16).replace('T', ' ')

/** Keeps what a person sees, at a desk and on a phone, when `LIUHEN_PICTURES=1` asks for it. */
const camera = (number: number): Crew['picture'] => {
  let taken = 0
  const folder = join(PICTURES, `${number}`)
  return async (page, name) => {
    if (process.env['LIUHEN_PICTURES'] !== '1') return
    mkdirSync(folder, { recursive: true })
    taken += 1
    for (const [size, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
      await page.setViewportSize(viewport)
      await untilRead(page)
      const path = join(folder, `${`${taken}`.padStart(3, '0')}-${name}-${size}.png`)
      await page.screenshot({ path, fullPage: size === 'phone', animations: 'disabled', caret: 'hide' })
    }
    await page.setViewportSize(NARROW)
  }
}

const signedIn = async (page: Page, login: string): Promise<Page> => {
  await page.goto('/')
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('口令', { exact: true }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '工作台', level: 1 }).waitFor()
  return page
}

/** Whoever is needed signs in once, on a browser of their own. */
export const callCrew = async (
  visit: Visit,
  url: string,
  { matter, deeds }: Pick<Crew, 'matter' | 'deeds'>,
): Promise<Crew> => {
  const number = numberOf(matter)
  const people = crewOf(number)
  const names = Object.fromEntries(Object.entries(people).map(([post, p]) => [post, p.name])) as Crew['names']
  const opened = new Map<Post, Promise<Page>>()
  const session: Session = openSession(url)
  await session.call(signIn, { body: { login: people.officer.login ?? '', password: DEMO_PASSWORD } })
  const { items } = await session.call(listDocumentDefinitions, {})
  const place = { address: '' }
  let now = Date.parse(BEGINS)
  const enter = async (post: Post): Promise<Page> =>
    signedIn(await visit.stranger({ baseURL: url, viewport: NARROW }), people[post].login ?? '')
  return {
    matter,
    forms: formsOf(matter, names),
    papers: new Map(items.map((d) => [d.name, d])),
    names,
    page: (post) => {
      const page = opened.get(post) ?? enter(post)
      opened.set(post, page)
      return page
    },
    moveTo: async (when) => {
      const next = Date.parse(`${when.replace(' ', 'T')}:00+08:00`)
      if (next <= now) return
      now = next
      changed()
      await session.call(moveClock, { body: { now: `${typed(next).replace(' ', 'T')}:00+08:00` } })
    },
    before: (minutes) => typed(now - minutes * 60_000),
    picture: camera(number),
    untilPrinted: () =>
      expect
        .poll(async () => {
          const { documents } = await session.call(getCase, {
            params: { id: place.address.split('/').at(-1) ?? '' },
          })
          return documents
            .filter((d) => ['issued', 'served'].includes(d.state) && d.pdf === undefined)
            .map((d) => d.name)
        }, PATIENCE)
        .toEqual([]),
    place,
    deeds,
    warned: [],
    provoked: [],
    bare: [],
    untold: [],
  }
}
