import { describe, expect, it } from 'vitest'
import { dutyPlace } from './duty-place.ts'

const file = { id: 'c', documents: [{ id: 'd1' }], recordings: [{ id: 'r1' }] }

describe('the place where a duty is closed', () => {
  it('is the recording that opened it', () => {
    expect(dutyPlace({ id: 'recording-labels:r1', rule: 'recording-labels' }, file)).toEqual({
      kind: 'recording',
      id: 'r1',
    })
  })
  it('is its step, and the paper that opened it where it has none', () => {
    expect(dutyPlace({ id: 'serve:d1', rule: 'serve', step: 'service' }, file)).toEqual({
      kind: 'step',
      id: 'service',
    })
    expect(dutyPlace({ id: 'serve:d1', rule: 'serve' }, file)).toEqual({ kind: 'document', id: 'd1' })
  })
  it('is nowhere in particular for a duty of the whole case', () => {
    expect(dutyPlace({ id: 'archive', rule: 'archive' }, file)).toBeUndefined()
  })
})
