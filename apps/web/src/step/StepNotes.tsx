import { useState } from 'react'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { whyOf } from '../document/why-of.ts'
import { NoteDialog } from './NoteDialog.tsx'
import { NotePicker } from './NotePicker.tsx'
import type { StepProps } from './StepPanel.tsx'

type Note = CaseWorkspace['notes'][number]

/** Facts that a rule waits for and that are neither paper nor recording: a waiver, a payment. */
export function StepNotes({ file, step }: StepProps) {
  const { t } = useTranslation('case')
  const [note, setNote] = useState<Note | undefined>()
  const [picking, setPicking] = useState(false)
  const { t: w } = useTranslation('words')
  const archived = file.status === 'archived'
  const here = file.notes.filter((n) => !archived || n.afterArchiving)
  const own = here.filter((n) => n.step === step.id)
  const others = here.filter((n) => n.step === undefined)
  const open = archived || step.status === 'begun' || step.status === 'possible'
  if (own.length + others.length === 0 || !open) return null
  const whyNot = (n: Note) => whyOf(n.can ?? true, (reason) => w('whyNot', reason))
  return (
    <section className="panel">
      <h3>{t('notes.title')}</h3>
      <p className="explain">{t('notes.explain')}</p>
      <div className="note-buttons">
        {own.map((n) => (
          <Tooltip key={n.name} title={whyNot(n)}>
            <Button disabled={whyNot(n) !== undefined} onClick={() => setNote(n)}>
              {n.title}
            </Button>
          </Tooltip>
        ))}
        {others.length > 0 && (
          <Button type={own.length === 0 ? 'default' : 'dashed'} onClick={() => setPicking(true)}>
            {t('notes.more')}
          </Button>
        )}
      </div>
      <NotePicker
        open={picking}
        notes={others}
        whyNot={whyNot}
        onClose={() => setPicking(false)}
        onPick={(picked) => {
          setPicking(false)
          setNote(picked)
        }}
      />
      {note && <NoteDialog file={file} step={step} note={note} onClose={() => setNote(undefined)} />}
    </section>
  )
}
