import { join } from 'node:path'
import type { OpenCase } from '@liuhen/domain/case/state'
import { describe, expect, it } from 'vitest'
import { boundLaw } from '../case-stream/open-case.ts'
import { realLaw } from '../../../../test/law/real-law.ts'
import { loadFileLaw } from './file-law.ts'
import { retentionOf } from './retention-of.ts'

const dir = join(import.meta.dirname, '../../../../law')
const library = { law: realLaw(), dir }
const { caseFile } = await loadFileLaw(dir)
const now = '2026-06-01T10:00:00+08:00'

const kept = (base: string, settings: OpenCase['law']['settings'] = {}) => {
  const s: OpenCase = {
    kind: 'open',
    leadNo: '1',
    procedure: 'penalty-ordinary',
    law: { base, overlays: [], settings },
    source: 'report',
    receivedAt: '2026-03-02T09:00:00+08:00',
    title: '甲',
    summary: '乙',
    handlers: [],
    flags: [],
    steps: {},
    begun: {},
    documents: {},
    recordings: [],
    facts: [],
    withdrawn: [],
    packages: [],
  }
  return retentionOf(caseFile, s, { law: boundLaw({ library }, s, now).law, now })
}

describe('how long a case file is kept', () => {
  it('ft-22-1: is what the agency has set where the text gives no number, never shorter than national law', () => {
    const years = (set: number | string) => kept('fengtai', { 'case-file-retention-years': set }).keptUntil
    expect(years(10)).toBe('2056-06-01')
    expect(years(50)).toBe('2076-06-01')
    expect(years('permanent')).toBeUndefined()
  })

  it('ft-22-1: is open until the agency has set it, and says so', () => {
    expect(kept('fengtai')).toMatchObject({
      keptUntil: '2056-06-01',
      term: '不少于30年',
      why: expect.stringContaining('由管理员设定保存期限后方可处置'),
    })
  })

  it('zml-26-1: is the longer of ten years and the national thirty', () => {
    expect(kept('zoumaling')).toMatchObject({ keptUntil: '2056-06-01', term: '30年' })
  })
})
