import type { CaseWorkspace } from '@liuhen/api/routes/cases'

type Note = CaseWorkspace['notes'][number]
export type NoteGroup = Readonly<{ subject: string; notes: readonly Note[] }>

/** Facts by their place in the order of work, or by the matter that they belong to; of those only what was searched for. */
export function notesBySubject(notes: readonly Note[], sought: string): readonly NoteGroup[] {
  const found = new Map<string, Note[]>()
  const words = sought.trim().split(/\s+/)
  for (const note of notes) {
    const heading = note.group ?? note.subject
    if (words.every((word) => `${note.title} ${heading}`.includes(word)))
      found.set(heading, [...(found.get(heading) ?? []), note])
  }
  return [...found].map(([subject, of]) => ({ subject, notes: of }))
}
