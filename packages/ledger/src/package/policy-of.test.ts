import { expect, it } from 'vitest'
import { policyOf } from './policy-of.ts'

const KEY = 'log.example/1+ac4a3b8f+Ad5tSfuBahqcMvyh6CxYE/iCnUmA16OYg44bqTVt2BM4'

it('makes a line of a policy of a key that is pasted alone, and leaves a policy as it is', () => {
  expect(policyOf(` ${KEY}\n`)).toBe(`log ${KEY}`)
  expect(policyOf(`log ${KEY}\nwitness a b`)).toBe(`log ${KEY}\nwitness a b`)
  expect(policyOf('  ')).toBe('')
})
