import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRefusal } from '@liuhen/domain/refusal'
import { describeFile } from '../../../cli/src/upload-client.ts'
import { CLIP, startTestRecordings, type TestRecordings } from '../../../../test/test-recordings.ts'
import { getForm } from '../document/get-form.ts'

let t: TestRecordings
beforeAll(async () => {
  t = await startTestRecordings()
})
afterAll(() => t.close())

const formAbout = async (about: string) => {
  const officer = t.people['officer']
  if (!officer) throw new Error('an officer')
  const asked = { caseId: t.caseId, type: 'recording-description', step: 'inspection', about }
  const form = await getForm(t.deps, officer, asked)
  if (isRefusal(form)) throw new Error(JSON.stringify(form.reasons))
  return form.data
}

test('czm-8-18, ft-25-1 the description of a recording that was marked as evidence opens with what it proves, its times and its digest', async () => {
  const id = await t.recorded(CLIP)
  const l = t.link(id)
  expect(await t.post('officer', l.path, l.body)).toMatchObject({ status: 200 })
  expect(await formAbout(id)).not.toHaveProperty('proves')
  const reason = '店铺占用消防通道堆放货物的事实'
  expect(await t.post('officer', `/recordings/${id}/evidence`, { reason })).toMatchObject({ status: 200 })
  const { sha256 } = await describeFile(CLIP)
  expect(await formAbout(id)).toMatchObject({ proves: reason, sha256, medium: 'video' })
})
