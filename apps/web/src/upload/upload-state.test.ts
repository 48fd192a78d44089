import { describe, expect, it } from 'vitest'
import { percentOf, phaseState } from './upload-state.ts'

describe('the progress of an upload', () => {
  it('never says 100 % before the server has verified the bytes', () => {
    expect(percentOf({ phase: 'sending', done: 10, of: 10 })).toBe(99)
    expect(percentOf({ phase: 'verifying' })).toBe(99)
    expect(percentOf({ phase: 'stored' })).toBe(100)
  })

  it('counts nothing while it is hashed and registered', () => {
    expect(percentOf({ phase: 'hashing', done: 5, of: 10 })).toBe(0)
    expect(percentOf({ phase: 'failed', error: undefined })).toBe(0)
  })

  it('shows what lies behind, what happens now and what is ahead', () => {
    const state = { phase: 'paused', done: 1, of: 2 } as const
    expect(phaseState(state, 'hashing')).toBe('done')
    expect(phaseState(state, 'sending')).toBe('now')
    expect(phaseState(state, 'stored')).toBe('ahead')
    expect(phaseState({ phase: 'stored' }, 'verifying')).toBe('done')
  })
})
