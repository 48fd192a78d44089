import { useState } from 'react'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { useCan } from '../session/use-can.ts'
import { NoteDialog } from './NoteDialog.tsx'
import { NotePicker } from './NotePicker.tsx'
import type { StepProps } from './StepPanel.tsx'

type Note = CaseWorkspace['notes'][number]

/** Facts that a rule waits for and that are neither paper nor recording: a waiver, a payment. */
export function StepNotes({ file, step }: StepProps) {
  const { t } = useTranslation('case')
  const [note, setNote] = useState<Note | undefined>()
  const [picking, setPicking] = useState(false)
  const why = useCan(file).handle
  const own = file.notes.filter((n) => n.step === step.id)
  const others = file.notes.filter((n) => n.step === undefined)
  if (own.length + others.length === 0 || (step.status !== 'begun' && step.status !== 'possible')) return null
  return (
    <section className="panel">
      <h3>{t('notes.title')}</h3>
      <p className="explain">{t('notes.explain')}</p>
      <div className="note-buttons">
        {own.map((n) => (
          <Tooltip key={n.name} title={why}>
            <Button disabled={why !== undefined} onClick={() => setNote(n)}>
              {n.title}
            </Button>
          </Tooltip>
        ))}
        {others.length > 0 && (
          <Tooltip title={why}>
            <Button
              type={own.length === 0 ? 'default' : 'dashed'}
              disabled={why !== undefined}
              onClick={() => setPicking(true)}
            >
              {t('notes.more')}
            </Button>
          </Tooltip>
        )}
      </div>
      <NotePicker
        open={picking}
        notes={others}
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
