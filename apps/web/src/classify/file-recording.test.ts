import { expect, it } from 'vitest'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { fileRecording } from './file-recording.ts'

const chosen = { caseId: 'c1', step: 'inspection', scene: 'scene' }
const known = { comma: '、', agency: '某街道' }
const openFile = (more: Partial<CaseWorkspace> = {}) => {
  const sent: unknown[] = []
  const file = {
    caseNo: '1号',
    leadNo: '线索1号',
    title: '某案',
    party: { name: '李某' },
    handlers: [{ personId: 'p', name: '王建国' }],
    labelFields: [],
    recordings: [{ id: 'r1', sceneName: '现场检查' }],
    ...more,
  } as unknown as CaseWorkspace
  const send = (verb: string) => (input: object) => {
    sent.push({ verb, ...input })
    return Promise.resolve({})
  }
  return { sent, calls: { link: send('link'), label: send('label'), read: () => Promise.resolve(file) } }
}
const labels = { caseNo: '1号', party: '李某', handler: '王建国', details: {} }

it('files a recording where it was said to belong, and labels it with what the case knows', async () => {
  const { sent, calls } = openFile()
  expect(await fileRecording({ id: 'r1' }, chosen, calls, known)).toBe('done')
  expect(sent).toEqual([
    { verb: 'link', params: { id: 'r1' }, body: chosen },
    { verb: 'label', params: { id: 'r1' }, body: labels },
  ])
})
it('only labels one that is filed already', async () => {
  const { sent, calls } = openFile()
  expect(await fileRecording({ id: 'r1', caseId: 'c1' }, undefined, calls, known)).toBe('done')
  expect(sent).toEqual([{ verb: 'label', params: { id: 'r1' }, body: labels }])
})
it('leaves to a person what the case does not know', async () => {
  const { sent, calls } = openFile({ labelFields: [{ key: 'content', label: '内容' }] })
  expect(await fileRecording({ id: 'r1' }, chosen, calls, known)).toBe('filed')
  expect(sent).toHaveLength(1)
})
it('labels nothing where it was refused', async () => {
  const { sent, calls } = openFile()
  const refused = { ...calls, link: () => Promise.reject(new Error('归档以后不能再归入')) }
  await expect(fileRecording({ id: 'r1' }, chosen, refused, known)).rejects.toThrow('归档')
  expect(sent).toEqual([])
})
