import { describe, expect, it } from 'vitest'
import { DocumentDefinition } from '@liuhen/law/document-definition'
import { aboutKind, subjectsFor } from './about.ts'

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

describe('subjects', () => {
  const recording = {
    id: 'r1',
    scene: 'x',
    sceneName: '现场检查',
    step: 'x',
    from: '2026-03-10T10:00:00+08:00',
  }
  const rest = {
    to: recording.from,
    medium: 'video',
    mime: '',
    sha256: '',
    sizeBytes: 1,
    view: true as const,
    shows: [],
    watch: true as const,
  }
  const file = {
    documents: [],
    recordings: [{ ...recording, ...rest, playable: 'playable' as const, unwatched: [] }],
  }
  const definition = DocumentDefinition.parse({
    id: 'permit',
    name: '查阅审批单',
    effectiveFrom: '2021-07-15',
    requiredBy: [],
    audience: 'sub',
    about: ['document', 'recording'],
    sections: [{ title: '申请', fields: [{ id: 'applicant', label: '申请人', kind: 'text' }] }],
  })

  it('are those that the definition names, though no field is taken from them', () => {
    expect(subjectsFor(definition, file, new Map()).map((x) => x.id)).toEqual(['r1'])
    expect(subjectsFor({ ...definition, about: ['document'] }, file, new Map())).toEqual([])
  })
})
