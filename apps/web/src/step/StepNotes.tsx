import { useState } from 'react'
import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { useCan } from '../session/use-can.ts'
import { NoteDialog } from './NoteDialog.tsx'
import type { StepProps } from './StepPanel.tsx'

type Note = CaseWorkspace['notes'][number]

/** Facts that a rule waits for and that are neither paper nor recording: a waiver, a payment. */
export function StepNotes({ file, step }: StepProps) {
  const { t } = useTranslation('case')
  const [note, setNote] = useState<Note | undefined>()
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
          <Dropdown
            trigger={['click']}
            disabled={why !== undefined}
            menu={{ items: others.map((n) => ({ key: n.name, label: n.title, onClick: () => setNote(n) })) }}
          >
            <Button disabled={why !== undefined} title={why}>
              {t('notes.more')} <DownOutlined />
            </Button>
          </Dropdown>
        )}
      </div>
      {note && <NoteDialog file={file} step={step} note={note} onClose={() => setNote(undefined)} />}
    </section>
  )
}
