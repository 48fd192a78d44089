import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import type { CaseRecord } from './evaluate.ts'
import { settingsImpact, weighSettings } from './settings-impact.ts'
import type { Settings } from './settable.ts'

const law = realLaw()
const at = (now: string) => ({ law, now: `${now}T09:00:00+08:00` })
const day = (date: string) => `${date}T09:00:00+08:00`

/** A case whose recording is in the store, under a text that gives recordings no period. */
const recorded = (settings: Settings, more: Partial<CaseRecord> = {}): CaseRecord => ({
  procedure: 'penalty-simple',
  startedAt: day('2026-01-10'),
  selection: { base: 'pingxiang-scjg', overlays: [] },
  settings,
  facts: [
    {
      kind: 'recording',
      name: 'simple-procedure',
      state: 'made',
      ref: 'v1',
      at: day('2026-01-10'),
      from: day('2026-01-10'),
      to: day('2026-01-10'),
    },
  ],
  ...more,
})
const months = (n: number | null) => ({ 'recording-retention-months': n })
const held = {
  kind: 'event',
  name: 'hold-placed',
  about: 'v1',
  at: day('2026-01-11'),
  data: { reason: '复议' },
} as const

describe('what another setting makes of a case', () => {
  it('gives a date to what had none, which shortens nothing, and tells that it may go at once', () => {
    expect(settingsImpact(recorded({}), months(1), at('2026-06-01')).keeping).toEqual([
      {
        item: 'v1',
        from: { rule: 'open' },
        to: { rule: 'until', keptThrough: '2026-02-10' },
        shortens: false,
        becomesDisposable: true,
      },
    ])
  })
  it('says of a date that comes earlier that it does', () => {
    const { keeping } = settingsImpact(recorded(months(12)), months(6), at('2026-02-01'))
    expect(keeping).toMatchObject([{ shortens: true, to: { keptThrough: '2026-07-10' } }])
    const later = settingsImpact(recorded(months(6)), months(12), at('2026-02-01'))
    expect(later.keeping).toMatchObject([{ shortens: false, to: { keptThrough: '2027-01-10' } }])
  })
  it('ft-22-1: moves the day by which a file is archived, and tells what is late by it', () => {
    const ended: CaseRecord = {
      procedure: 'penalty-ordinary',
      startedAt: day('2026-03-02'),
      selection: { base: 'fengtai', overlays: [] },
      settings: {},
      facts: [{ kind: 'event', name: 'act-ended', at: day('2026-04-01') }],
    }
    const { duties } = settingsImpact(ended, { 'case-archive-workdays': 20 }, at('2026-06-01'))
    expect(duties).toHaveLength(1)
    expect(duties[0]).toMatchObject({ becomesOverdue: true })
    expect(duties[0]).not.toHaveProperty('from')
    expect(duties[0]?.to).toMatch(/^2026-/)
  })
  it('names the steps that other reasons stop, and nothing where nothing changes', () => {
    const none = settingsImpact(recorded(months(6)), months(6), at('2026-02-01'))
    expect(none).toEqual({ duties: [], keeping: [], steps: [] })
  })
})

describe('what a case that has begun takes over', () => {
  it('is a date that comes later or comes for the first time, never one that comes earlier', () => {
    expect(weighSettings(recorded({}), months(6), at('2026-02-01')).taken).toEqual(months(6))
    expect(weighSettings(recorded(months(6)), months(12), at('2026-02-01')).taken).toEqual(months(12))
    expect(weighSettings(recorded(months(12)), months(6), at('2026-02-01'))).toMatchObject({
      taken: {},
      withheld: ['recording-retention-months'],
      impact: { keeping: [] },
      spared: [{ item: 'v1' }],
    })
  })
  it('keeps a date that a hold hides', () => {
    const record = recorded(months(12), { facts: [...recorded({}).facts, held] })
    expect(weighSettings(record, months(6), at('2026-02-01')).withheld).toEqual([
      'recording-retention-months',
    ])
  })
  it('is no choice of texts: those with which the case began bind it', () => {
    expect(weighSettings(recorded({}), { 'pilot-acts': '行政处罚' }, at('2026-02-01'))).toMatchObject({
      taken: {},
      withheld: [],
    })
  })
  it('leaves out only what it must', () => {
    const both = { ...months(6), 'handler-may-review': true }
    expect(weighSettings(recorded(months(12)), both, at('2026-02-01'))).toMatchObject({
      taken: { 'handler-may-review': true },
      withheld: ['recording-retention-months'],
    })
  })
})
