import { describe, expect, it } from 'vitest'
import { notesFor } from './notes-for.ts'

type File = Parameters<typeof notesFor>[1]
const note = (name: string, step?: string, afterArchiving?: true) => ({
  name,
  step,
  afterArchiving,
  fulfils: ['pay'],
})
const file = (status: 'open' | 'archived', notes: readonly ReturnType<typeof note>[]) =>
  ({
    status,
    notes,
    evaluation: {
      steps: [
        { id: 'done', status: 'done' },
        { id: 'now', status: 'begun' },
      ],
    },
  }) as unknown as File
const found = (of: File, rule = 'pay') => notesFor({ rule }, of).map((n) => [n.name, n.step])

describe('what fulfils a duty and can be registered now', () => {
  it('is a fact of a step that is open, or of none, each once', () => {
    const notes = [note('paid', 'done'), note('paid', 'now'), note('paid', 'now'), note('waived')]
    expect(found(file('open', notes))).toEqual([
      ['paid', 'now'],
      ['waived', undefined],
    ])
  })

  it('is nothing for a duty that other things fulfil', () => {
    expect(found(file('open', [note('paid')]), 'serve')).toEqual([])
  })

  it('is in an archived case only what may still happen there', () => {
    expect(found(file('archived', [note('paid'), note('late', undefined, true)]))).toEqual([
      ['late', undefined],
    ])
  })
})
