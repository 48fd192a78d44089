import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { isProblem, selectLaw } from './combine.ts'
import { conflictsOf } from './conflicts.ts'

const law = realLaw()
const DATE = '2026-05-11'
const caseLawOf = (base: string, overlays: string[]) => {
  const selected = selectLaw(law, { base, overlays }, 'penalty-ordinary', `${DATE}T09:00:00+08:00`)
  if (isProblem(selected)) throw new Error(selected.message)
  return selected
}

/** Every pack by itself: its clauses beside national law. */
const shown = law.packs
  .flatMap(({ pack }) =>
    pack.layer === 'base' ? [caseLawOf(pack.id, [])] : [caseLawOf('national', [pack.id])],
  )
  .flatMap((caseLaw) => conflictsOf(caseLaw, DATE))

describe('conflicts between local texts and national law', () => {
  it('are the twenty-six that were found, each once', () => {
    expect(law.conflicts.map((c) => c.number)).toEqual(Array.from({ length: 27 }, (_, i) => i + 1))
    expect(new Set(law.conflicts.map((c) => c.id)).size).toBe(27)
  })
  it.each(law.conflicts.map((c) => [c.number, c] as const))('%i is shown with both citations', (_, c) => {
    const found = shown.filter((s) => s.conflict === c)
    expect(new Set(found.flatMap((s) => s.local.map((l) => l.clause)))).toEqual(new Set(c.local))
    expect(new Set(found.flatMap((s) => s.national.map((n) => n.clause)))).toEqual(new Set(c.national))
  })
  it('say which side is followed, and by a setting only where there is one', () => {
    for (const { applies, setting } of law.conflicts)
      expect(applies === 'setting').toBe(setting !== undefined && law.settings.has(setting))
  })
  it('name rules that exist', () => {
    const known = new Set(
      law.procedures.flatMap((p) => [
        ...p.guards.map((g) => g.code),
        ...p.duties.map((d) => d.id),
        ...p.steps.flatMap((s) => [...s.before, ...s.complete].map((g) => g.code)),
      ]),
    )
    expect(law.conflicts.flatMap((c) => c.rules.filter((r) => !known.has(r)))).toEqual([])
  })
  it('do not arise for an agency that the text does not bind', () => {
    expect(conflictsOf(caseLawOf('national', []), DATE)).toEqual([])
  })
})
