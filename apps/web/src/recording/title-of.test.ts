import { expect, it } from 'vitest'
import { recordingTitle } from './title-of.ts'

const file = { evaluation: { steps: [{ id: 'inquiry', name: '询问当事人' }] } }
const both = (step: string, scene: string): string => `${step}（${scene}）`

it('is the step with the scene where the scene says more, and one of them where it does not', () => {
  expect(recordingTitle(file, { step: 'inquiry', sceneName: '案情重大复杂' }, both)).toBe(
    '询问当事人（案情重大复杂）',
  )
  expect(recordingTitle(file, { step: 'inquiry', sceneName: '询问' }, both)).toBe('询问当事人')
  expect(recordingTitle(file, { step: 'inquiry', sceneName: '现场询问当事人' }, both)).toBe('现场询问当事人')
  expect(recordingTitle(file, { step: 'gone', sceneName: '直接送达' }, both)).toBe('直接送达')
})
