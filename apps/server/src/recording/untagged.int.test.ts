import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listUntagged as route } from '@liuhen/api/routes/untagged'
import { command, done } from '../../../../test/test-filing.ts'
import { CLIP, startTestRecordings, type TestRecordings } from '../../../../test/test-recordings.ts'
import { beginStep } from '../case/carry-out-step.ts'

let t: TestRecordings
const untagged = async (who = 'officer') =>
  route.response.parse(await (await t.ask(who, 'GET', '/untagged-recordings')).json())
const at = (time: string): string => `2026-03-10T${time}:00+08:00`

beforeAll(async () => {
  t = await startTestRecordings()
  t.x.clock.at = at('12:00')
  const { officer, partner } = t.people
  if (!officer || !partner) throw new Error('officers')
  const officerIds = [officer.personId ?? '', partner.personId ?? '']
  const step = { from: at('11:00'), officerIds, place: '走马岭大道12号' }
  done(await beginStep(t.deps, command(officer, t.caseId), 'inspection', step))
})
afterAll(() => t.close())

describe('recordings that nobody has filed', () => {
  test('are offered the act that their maker took part in at that time', async () => {
    const id = await t.recorded(CLIP, { madeFrom: at('11:10'), madeTo: at('11:20') })
    const [row] = (await untagged()).items
    expect(row).toMatchObject({
      id,
      suggestions: [{ caseId: t.caseId, step: 'inspection', stepName: '现场检查', because: ['during'] }],
    })
    expect(row?.suggestions[0]?.sceneName).not.toBe(row?.suggestions[0]?.scene)
    const before = await t.recorded(CLIP, { madeFrom: at('07:10'), madeTo: at('07:20') })
    const early = (await untagged()).items.find((r) => r.id === before)
    expect(early?.suggestions).toEqual([])
  })
  test('are offered, and surely, what a filed one of the same device was of; filed and labelled they are gone', async () => {
    const id = await t.recorded(CLIP, { madeFrom: at('11:30'), madeTo: at('11:35') })
    const first = t.link(id)
    expect(await t.post('officer', first.path, first.body)).toMatchObject({ status: 200 })
    const half = (await untagged()).items.find((r) => r.id === id)
    expect(half).toMatchObject({ suggestions: [], filed: { stepName: '现场检查' } })
    const next = await t.recorded(CLIP, { madeFrom: at('11:36'), madeTo: at('11:40') })
    const offered = (await untagged()).items.find((r) => r.id === next)
    expect(offered?.suggestions[0]).toMatchObject({
      because: ['during', 'neighbour'],
      scene: 'general-enforcement',
      sure: true,
    })
    const labels = { caseNo: '1号', party: '李某', handler: '王建国' }
    expect(await t.post('officer', `/recordings/${id}/label`, labels)).toMatchObject({ status: 200 })
    expect((await untagged()).items.map((r) => r.id)).not.toContain(id)
  })
  test('are counted and shown to those alone who may see them', async () => {
    const seen = await untagged()
    expect(seen.total).toBe(seen.items.length)
    expect(seen.total).toBeGreaterThan(1)
    expect(await untagged('outsider')).toEqual({ items: [], total: 0 })
    expect((await untagged('custodian')).total).toBe(seen.total)
    expect(await untagged('stranger')).toEqual({ items: [], total: 0 })
  })
  test('tell nothing of a case that whoever made the film may not see', async () => {
    const filed = await t.recorded(CLIP, { madeFrom: at('11:41'), madeTo: at('11:43') }, 'outsider')
    const l = t.link(filed)
    expect(await t.post('custodian', l.path, l.body)).toMatchObject({ status: 200 })
    // The next film of the same device lies beside it: a handler would be offered the case.
    const next = await t.recorded(CLIP, { madeFrom: at('11:44'), madeTo: at('11:46') }, 'outsider')
    const rowsOf = async (who: string) => new Map((await untagged(who)).items.map((r) => [r.id, r] as const))
    const own = await rowsOf('outsider')
    expect([...own.keys()].toSorted()).toEqual([filed, next].toSorted())
    expect(own.get(filed)).not.toHaveProperty('filed')
    expect(own.get(next)?.suggestions).toEqual([])
    const kept = await rowsOf('custodian')
    const [offered] = kept.get(next)?.suggestions ?? []
    expect(offered).toMatchObject({ caseId: t.caseId })
    const { caseNo = '', caseTitle = '' } = offered ?? {}
    for (const word of [caseNo, caseTitle]) {
      expect(word).not.toBe('')
      expect(JSON.stringify([...own.values()])).not.toContain(word)
    }
    expect((await t.ask('outsider', 'GET', `/cases/${t.caseId}`)).status).toBeGreaterThanOrEqual(400)
  })
})
