import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as routes from '@liuhen/api/routes/library'
import { insertManyRecordings } from '../../../../test/many-recordings.ts'
import {
  CLIP,
  startTestRecordings,
  TEST_AGENCY,
  type TestRecordings,
} from '../../../../test/test-recordings.ts'
import { command, done } from '../../../../test/test-filing.ts'
import { noteFact } from '../case/change-case.ts'
import { checkProjections } from '../fsck/check-projections.ts'
import { startFindings } from '../fsck/findings.ts'
import { openRegister } from '../register/open-register.ts'
import { recordingProjection } from './recording-projection.ts'

let t: TestRecordings
let filed: string
let loose: string
const at = (time: string): string => `2026-03-10T${time}:00+08:00`
const WHOLE = 5_000
const UNTIL = '2025-12-31'

const ask = async (who: string, path: string) => {
  const answer = await t.ask(who, 'GET', `/library/${path}`)
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}
const days = async (who: string, query = '') =>
  routes.libraryDays.response.parse(await ask(who, `days?${query}`))
const part = async (who: string, query: string) =>
  routes.libraryPart.response.parse(await ask(who, `parts?${query}`)).items
const map = async (who: string, query = '') =>
  routes.libraryMap.response.parse(await ask(who, `map?${query}`))

beforeAll(async () => {
  t = await startTestRecordings()
  t.x.clock.at = at('12:00')
  const place = { latitude: 30.5867, longitude: 114.3156, accuracyMetres: 12, source: 'phone' }
  filed = await t.recorded(CLIP, { madeFrom: at('11:10'), madeTo: at('11:20'), place })
  loose = await t.recorded(CLIP, { madeFrom: at('11:30'), madeTo: at('11:40') })
  const link = t.link(filed)
  expect(await t.post('officer', link.path, link.body)).toMatchObject({ status: 200 })
})
afterAll(() => t.close())

describe('the library', () => {
  test('shows and counts to each what that person may see, and no more', async () => {
    for (const who of ['officer', 'custodian', 'supervisor', 'head']) expect((await days(who)).total).toBe(2)
    // A handler of the case who made neither of them sees the one that is filed in it.
    expect((await days('partner')).days).toEqual([{ day: '2026-03-10', n: 1 }])
    for (const who of ['outsider', 'clerk', 'publisher', 'admin', 'stranger']) {
      expect(await days(who), who).toEqual({ days: [], total: 0 })
      expect(await part(who, 'first=2026-03-10&last=2026-03-10'), who).toEqual([])
      expect(await map(who), who).toEqual({ squares: [], placed: 0, unplaced: 0 })
      const choices = routes.libraryChoices.response.parse(await ask(who, 'choices'))
      expect(choices, who).toEqual({ devices: [], officers: [], units: [], scenes: [] })
    }
  })

  test('narrows by every condition, and a search for the name of a case finds its films', async () => {
    const found = async (query: string): Promise<string[]> =>
      (await part('custodian', `first=2026-03-10&last=2026-03-10&${query}`)).map((row) => row.id)
    expect(await found('')).toEqual([loose, filed])
    expect(await found('order=earliest')).toEqual([filed, loose])
    expect(await found(`case=${t.caseId}`)).toEqual([filed])
    expect(await found('state=untagged')).toEqual([loose, filed])
    expect(await found('state=broken')).toEqual([])
    expect(await found('placed=yes')).toEqual([filed])
    expect(await found('placed=no')).toEqual([loose])
    expect(await found(`party=${encodeURIComponent('李某')}`)).toEqual([filed])
    expect(await found(`q=${encodeURIComponent('占用消防通道')}`)).toEqual([filed])
    expect(await found(`q=${encodeURIComponent('%')}`)).toEqual([])
    // Each word may stand somewhere else; a blank within a number, or between two names, hides nothing.
    expect(await found(`q=${encodeURIComponent('占用 消防 通道')}`)).toEqual([filed])
    expect(await found(`q=${encodeURIComponent('占用 不在场')}`)).toEqual([])
    expect((await days('custodian', 'from=2026-03-11')).total).toBe(0)
  })

  test('finds a film by what the law calls its scene, and what the register calls its device', async () => {
    const found = async (q: string): Promise<string[]> =>
      (await part('custodian', `first=2026-03-10&last=2026-03-10&q=${encodeURIComponent(q)}`)).map(
        (r) => r.id,
      )
    expect(await found('执法全程')).toEqual([filed])
    expect(await found('防爆')).toEqual([])
    const { officer } = t.people
    if (officer === undefined) throw new Error('an officer')
    const [device] = routes.libraryChoices.response.parse(await ask('custodian', 'choices')).devices
    const asked = { procedure: 'device', title: '执法队设备' }
    const { id = '' } = done(await openRegister(t.deps, command(officer, ''), asked))
    const data = { number: device?.value ?? '', kind: 'portable', deviceType: '防爆记录仪', count: 1 }
    const entry = { name: 'device-registered', at: at('09:00'), data }
    done(await noteFact(t.deps, command(officer, id), entry))
    expect(await found('防爆')).toEqual([loose, filed])
    expect(await found('防爆 执法全程')).toEqual([filed])
  })

  test('says where a film was made and who says so, and counts what has no place', async () => {
    const [row] = await part('officer', 'first=2026-03-10&last=2026-03-10&placed=yes')
    expect(row?.place).toEqual({
      latitude: 30.5867,
      longitude: 114.3156,
      accuracyMetres: 12,
      source: 'phone',
    })
    expect(row).toMatchObject({ caseTitle: '占用消防通道经营', looked: false, destroyed: false })
    expect(await map('officer')).toMatchObject({
      placed: 1,
      unplaced: 1,
      squares: [{ n: 1, id: filed, source: 'phone', accuracyMetres: 12 }],
    })
  })

  test('reads a span for the timeline, also what began before it', async () => {
    const span = `since=${encodeURIComponent(at('11:15'))}&until=${encodeURIComponent(at('11:31'))}`
    const { items, total } = routes.librarySpan.response.parse(await ask('officer', `span?${span}`))
    expect([items.map((row) => row.id), total]).toEqual([[filed, loose], 2])
    const { total: none } = routes.librarySpan.response.parse(
      await ask('partner', `span?${span}&state=broken`),
    )
    expect(none).toBe(0)
  })

  test('rebuilt from the record changes no row, labelled or not', async () => {
    const owner = await t.x.test.connectAs('owner')
    const findings = startFindings()
    expect(await checkProjections(owner, [recordingProjection], findings)).toBe(1)
    expect(findings.list()).toEqual([])
    const { rows } = await owner.query('SELECT words FROM app.recording_row ORDER BY party NULLS LAST')
    expect(rows.map(({ words }) => /^ | $|  /u.test(words))).toEqual([false, false])
  })

  test('lays out thousands by days and answers any part of them', async () => {
    const owner = await t.x.test.connectAs('owner')
    const { outsider } = t.people
    const officers = [outsider?.personId ?? '', ...Array.from({ length: 99 }, () => randomUUID())]
    await insertManyRecordings(owner, {
      agencyId: TEST_AGENCY,
      n: WHOLE,
      officers,
      cases: [randomUUID()],
      until: UNTIL,
    })
    const all = await days('custodian')
    expect(all.total).toBe(WHOLE + 2)
    expect((await days('outsider')).total).toBe(WHOLE / 100)
    const middle = all.days[Math.floor(all.days.length / 2)]
    if (middle === undefined) throw new Error('no days')
    const query = `first=${middle.day}&last=${middle.day}`
    const first = await part('custodian', `${query}&limit=200`)
    const rest = await part('custodian', `${query}&limit=200&skip=200`)
    const ids = new Set([...first, ...rest].map((row) => row.id))
    expect(ids.size).toBe(middle.n)
    const whole = await map('custodian', 'columns=40')
    expect(whole.squares.length).toBeLessThanOrEqual(41 * 41)
    expect(whole.squares.reduce((sum, s) => sum + s.n, 0)).toBe(whole.placed)
    expect(whole.placed + whole.unplaced).toBe(WHOLE + 2)
  })
})
