import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { isProblem, selectLaw } from './combine.ts'
import { aboutOf } from './event-about.ts'
import { EventDeclaration } from './schema/procedure.ts'

const base = { base: 'zoumaling', overlays: [] }
const selected = selectLaw(realLaw(), base, 'penalty-ordinary', '2026-03-04T01:00:00Z')
if (isProblem(selected)) throw new Error(selected.message)
const { events } = selected.procedure
const about = (name: string) => {
  const event = events.find((e) => e.name === name)
  return event === undefined ? undefined : aboutOf(event, selected)
}

describe('what an event may be about', () => {
  it('is what its declaration says', () => {
    expect(about('opening-stated')).toEqual(['recording'])
    expect(about('third-party-told')).toEqual(['third-party-filming'])
  })

  it('is what the rules want told of each thing, where nothing is declared', () => {
    expect(about('interruption-explained')).toContain('recording-interrupted')
  })

  it('is nothing where no rule ties it', () => {
    expect(about('act-ended')).toEqual([])
  })

  it('is declared of things and events that the procedure has, in each of them', () => {
    const unknown = realLaw().procedures.flatMap((procedure) => {
      const known = new Set(['document', 'recording', 'case-file', ...procedure.events.map((e) => e.name)])
      return procedure.events.flatMap((e) => e.about.filter((thing) => !known.has(thing)))
    })
    expect(unknown).toEqual([])
  })
  it('is a thing or an event that there is', () => {
    const known = new Set(['document', 'recording', 'case-file', ...events.map((e) => e.name)])
    expect(events.flatMap((e) => aboutOf(e, selected)).filter((thing) => !known.has(thing))).toEqual([])
    const wrong = EventDeclaration.parse({ name: 'a-b', label: '某事', about: ['no-such-event'] })
    expect(aboutOf(wrong, selected).every((thing) => known.has(thing))).toBe(false)
  })
})

describe('the matter of an event', () => {
  it('is the module that declares it, and none where the procedure itself does', () => {
    expect(events.find((e) => e.name === 'opening-stated')?.subject).toBe('录制要求')
    expect(events.filter((e) => e.subject === undefined).length).toBeLessThan(events.length)
  })
})
