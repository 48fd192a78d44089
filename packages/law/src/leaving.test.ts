import { describe, expect, test } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { isProblem, selectLaw } from './combine.ts'
import type { Fact } from './fact.ts'
import { asFact, type Copy, leavingOf, lets } from './leaving.ts'

const selected = selectLaw(
  realLaw(),
  { base: 'fengtai', overlays: [] },
  'penalty-ordinary',
  '2026-03-04T01:00:00Z',
)
if (isProblem(selected)) throw new Error(selected.message)
const { events } = selected.procedure

const AT = '2026-03-10T10:00:00+08:00'
const copyOf = (purpose: string, kind = 'clip'): Copy => ({
  recordingId: 'r',
  purpose,
  kind,
  recipient: '李某',
  madeAt: AT,
})
const leaving = (copy: Copy) => {
  const found = leavingOf(events, copy)
  if (found === undefined) throw new Error(copy.purpose)
  return found
}
const factOf = (copy: Copy): Fact => asFact(leaving(copy), copy, AT)

describe('a copy that leaves', () => {
  test('counts as what the law says of its purpose', () => {
    expect(factOf(copyOf('party'))).toMatchObject({
      name: 'record-accessed',
      about: 'r',
      data: { applicantKind: 'party', kind: 'copy', reader: '李某' },
    })
    expect(factOf(copyOf('organ'))).toMatchObject({ name: 'record-provided', data: { receiver: '李某' } })
    expect(factOf(copyOf('other'))).toMatchObject({ name: 'record-provided', data: { organ: 'other' } })
    expect(factOf(copyOf('evidence'))).toMatchObject({ data: { applicantKind: 'internal' } })
  })

  test('ft-26-1 is an excerpt only where it was covered, otherwise the original', () => {
    expect(factOf(copyOf('disclosure', 'redaction')).data).toEqual({ content: 'excerpt' })
    for (const kind of ['clip', 'watermark'])
      expect(factOf(copyOf('disclosure', kind)).data).toEqual({ content: 'original' })
  })

  const entry = (copy: Copy, data: Fact['data'] = {}, more: Partial<Fact> = {}): boolean => {
    const fact = factOf(copy)
    return lets(leaving(copy), { ...fact, ...more, data: { ...fact.data, ...data } }, copy)
  }

  test('zml-13-2 is let by an entry that says all of it, of this recording, not before it was made', () => {
    expect(entry(copyOf('party'))).toBe(true)
    expect(entry(copyOf('party'), { kind: 'both' })).toBe(true)
    expect(entry(copyOf('party'), { kind: 'read' })).toBe(false)
    for (const applicantKind of ['internal', 'supervisor', null])
      expect(entry(copyOf('party'), { applicantKind })).toBe(false)
    expect(entry(copyOf('disclosure', 'redaction'), { content: 'item' })).toBe(false)
    expect(entry(copyOf('party'), {}, { about: 'another' })).toBe(false)
    expect(entry(copyOf('party'), {}, { name: 'record-provided' })).toBe(false)
    expect(entry(copyOf('party'), {}, { at: '2026-03-10T01:59:59Z' })).toBe(false)
  })

  test('is for whom the entry names, where it names one', () => {
    expect(entry(copyOf('organ'), { receiver: '某法院' })).toBe(false)
    expect(entry(copyOf('organ'), { receiver: ' 李某 ' })).toBe(true)
    expect(entry(copyOf('party'), { reader: null })).toBe(true)
  })
})

test('every case procedure that knows how records are given out knows every purpose', () => {
  for (const { id, events: declared } of realLaw().procedures) {
    if (!declared.some((e) => e.name === 'record-published')) continue
    for (const purpose of ['evidence', 'party', 'organ', 'disclosure', 'other'])
      expect(leavingOf(declared, { purpose, kind: 'clip' }), `${id} ${purpose}`).toBeDefined()
  }
})
