import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'

type Note = CaseWorkspace['notes'][number]

/** What is known already of the letter is not typed again where its return is registered. */
export const noteOfReturn = (note: Note, sent: NonNullable<DocumentView['sent']>): Note => ({
  ...note,
  fields: note.fields.map((field) => {
    const known = field.key === 'mode' ? sent.mode : sent.data[field.key]
    return typeof known === 'string' || typeof known === 'number' || typeof known === 'boolean'
      ? { ...field, known }
      : field
  }),
})
