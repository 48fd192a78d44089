import { expect, it } from 'vitest'
import { refuse, refuseTime, titled } from '@liuhen/domain/refusal'
import { refusalProblem } from './problem.ts'

it('the headline is the code’s, or the refusal’s own where that would mislead', () => {
  const wrongPassword = refuse('not-permitted', '原口令不对。', '请重新输入原口令。')
  expect(refusalProblem(wrongPassword, '1').title).toBe('没有办理这一事项的权限')
  expect(refusalProblem(titled('口令没有修改', wrongPassword), '1')).toMatchObject({
    title: '口令没有修改',
    status: 403,
    code: 'not-permitted',
  })
  expect(refusalProblem(refuseTime('结束时间早于开始时间', '请核对'), '1').title).toBe('填写的时间不对')
})
