import { expect, test } from 'vitest'
import { lawCases } from '../../../test/law/law-cases.ts'
import { realLaw } from '../../../test/law/real-law.ts'
import { evaluateTimeline, printEvaluation } from './law-evaluate.ts'
import { caseRecordOf } from './run-case.ts'
import { unknownWords } from './unknown-words.ts'

const law = realLaw()

const question = {
  pack: 'zoumaling',
  procedure: 'penalty-ordinary',
  startedAt: '2026-01-05 09:00',
  now: '2026-02-25 09:00',
}

const asked = (more: object) => {
  const result = evaluateTimeline({ facts: [], ...question, ...more }, law)
  if ('errors' in result) throw new Error(JSON.stringify(result.errors))
  return result.evaluation
}

test('misspelt names, states, keys, marks and settings are named with their place and with what was probably meant', () => {
  const { unknown } = asked({
    flags: ['major-complx'],
    settings: { nothing: 3 },
    facts: [
      { is: 'event act-endd', at: '2026-01-20 17:00' },
      { is: 'document penalty-decision isued', at: '2026-01-20 17:00' },
      { is: 'document lead-record submitted', at: '2026-01-06 09:00', data: { handlng: 'refuse' } },
      { is: 'recording inspektion made', at: '2026-01-06 10:00' },
    ],
    attempts: [{ is: 'step inspection done', at: '2026-01-20 17:00', step: 'inspectoin', about: 'rec-1' }],
  })
  expect(unknown.map(({ at, message }) => `${at} ${message}`)).toEqual([
    'flags.0 本程序没有标记“major-complx”，是否指“major-complex”',
    'settings.nothing 没有设置项“nothing”',
    'facts.0 没有事件“act-endd”，是否指“act-ended”',
    'facts.1 没有状态“isued”，可写 submitted、returned、approved、issued、signed、refused、served、voided、corrected',
    'facts.2 “lead-record”没有数据“handlng”，是否指“handling”',
    'facts.3 没有音像场景“inspektion”，是否指“inspection”',
    'attempts.0 没有环节“inspectoin”，是否指“inspection”',
    'attempts.0 about“rec-1”没有对应的 ref',
  ])
})

test('a question in which every word is known gets no such list, on paper neither', () => {
  const evaluation = asked({ facts: [{ is: 'event act-ended', at: '2026-01-20 17:00' }] })
  expect(evaluation.unknown).toEqual([])
  expect(printEvaluation(evaluation).join('\n')).not.toContain('没有规则认识的词')
})

test('examples speak of what the law knows: a misspelt fact would make an example of nothing', () => {
  // Steps that a procedure does not have are tried on purpose; a thing may lie outside of an example.
  const said = lawCases().flatMap(({ one, pack, file }) =>
    unknownWords(caseRecordOf(one, pack, law), [], law)
      .map(({ message }) => message)
      .filter((message) => !message.startsWith('没有环节') && !message.startsWith('about'))
      .map((message) => `${file} ${one.id}: ${message}`),
  )
  expect(said).toEqual([])
})
