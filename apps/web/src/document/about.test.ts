import { describe, expect, it } from 'vitest'
import { aboutKind } from './about.ts'

const form = (...from: (string | undefined)[]) => ({
  sections: [{ fields: from.map((path) => ({ from: path })) }],
})

describe('what a paper is about', () => {
  it('is another paper where only name and number are taken from it', () => {
    expect(aboutKind(form('about.name', 'about.number', 'party.name'))).toBe('document')
  })

  it('is a recording where more is taken from it', () => {
    expect(aboutKind(form('about.from', 'about.sha256'))).toBe('recording')
  })

  it('is nothing where no field takes its value from it', () => {
    expect(aboutKind(form('party.name', undefined))).toBeUndefined()
    expect(aboutKind(undefined)).toBeUndefined()
  })
})
