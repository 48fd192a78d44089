import { expect, it } from 'vitest'
import { answerNote } from './type-form.ts'

const field = { options: [], open: false, required: false }
const fields = [
  { key: 'name', label: '姓名', type: 'text' as const, ...field },
  { key: 'seen', label: '看清', type: 'yes-no' as const, ...field },
  { key: 'kind', label: '种类', type: 'choice' as const, ...field, options: [{ value: 'a', label: '甲' }] },
]

it('answers what nobody has said, keeps what was said, and leaves out what is to stay unsaid', () => {
  const answers = answerNote(fields, { name: '李四', seen: undefined }, '2026-03-09T09:00:00+08:00')
  expect(answers).toEqual({ name: '李四', kind: 'a' })
})
