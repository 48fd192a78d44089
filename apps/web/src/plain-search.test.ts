import { describe, expect, it } from 'vitest'
import { parseSearch, stringifySearch } from './plain-search.ts'

describe('the query of an address', () => {
  it('is plain text: no quotes around true or a number', () => {
    expect(stringifySearch({ mine: 'true', q: '2026', t: 3, cursor: undefined, stage: '' })).toBe(
      '?mine=true&q=2026&t=3',
    )
  })

  it('is empty when nothing is set', () => {
    expect(stringifySearch({ q: undefined })).toBe('')
  })

  it('comes back as it was typed, also where it looks like a number', () => {
    const search = { q: '2026 刘&记', mine: 'true' }
    expect(parseSearch(stringifySearch(search))).toEqual(search)
  })
})
