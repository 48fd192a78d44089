import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { whyOf } from '../document/why-of.ts'
import { NoteDialog } from '../step/NoteDialog.tsx'
import { notesFor } from './notes-for.ts'

type Props = Readonly<{ duty: Readonly<{ rule: string }>; file: CaseWorkspace }>

/** What can be registered at once so that the duty is fulfilled. */
export function DutyNotes({ duty, file }: Props) {
  const { t } = useTranslation('case')
  const { t: w } = useTranslation('words')
  const [name, setName] = useState<string | undefined>()
  const notes = notesFor(duty, file)
  const note = notes.find((n) => n.name === name)
  return (
    <>
      {notes.map((n) => {
        const why = whyOf(n.can ?? true, (reason) => w('whyNot', reason))
        return (
          <button
            key={n.name}
            type="button"
            className="text-button duty-note"
            disabled={why !== undefined}
            title={why}
            onClick={() => setName(n.name)}
          >
            {t('duties.note', { title: n.title })}
          </button>
        )
      })}
      {note && (
        <NoteDialog
          file={file}
          step={file.evaluation.steps.find((s) => s.id === note.step)}
          note={note}
          onClose={() => setName(undefined)}
        />
      )}
    </>
  )
}
