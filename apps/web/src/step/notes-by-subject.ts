import type { CaseWorkspace } from '@liuhen/api/routes/cases'

type Note = CaseWorkspace['notes'][number]
export type NoteGroup = Readonly<{ subject: string; notes: readonly Note[] }>

/** Facts by the matter that they belong to, in the order of the law; of those only what was searched for. */
export function notesBySubject(notes: readonly Note[], sought: string): readonly NoteGroup[] {
  const found = new Map<string, Note[]>()
  const words = sought.trim().split(/\s+/)
  for (const note of notes)
    if (words.every((word) => `${note.title} ${note.subject}`.includes(word)))
      found.set(note.subject, [...(found.get(note.subject) ?? []), note])
  return [...found].map(([subject, of]) => ({ subject, notes: of }))
}
