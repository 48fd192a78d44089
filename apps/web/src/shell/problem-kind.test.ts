import { describe, expect, it } from 'vitest'
import { ApiProblem } from '../api/problem.ts'
import { kindOf, numberOf } from './problem-kind.ts'

const ID = 'req-7'
/** As the server answers what went wrong before a handler decided anything. */
const answered = (status: number, code: string): ApiProblem =>
  new ApiProblem({
    status,
    code,
    requestId: ID,
    reasons: [{ code, effect: 'refuse', message: '说明。', todo: '请照此办理。', citations: [] }],
  })

describe('the number of a request', () => {
  it('is told with an internal error, whose reason asks to note it', () => {
    const problem = answered(500, 'internal')
    expect([kindOf(problem), numberOf(problem)]).toEqual(['unexpected', ID])
  })
  it('is not told where a reason says what to do', () => {
    const problem = answered(403, 'wrong-role')
    expect([kindOf(problem), numberOf(problem)]).toEqual(['not-permitted', undefined])
  })
  it('is told where nothing says what to do', () => {
    expect(numberOf(new ApiProblem({ status: 404, code: 'not-found', requestId: ID }))).toBe(ID)
  })
})
