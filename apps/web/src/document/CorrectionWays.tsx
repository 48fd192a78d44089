import { useState } from 'react'
import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { NoteDialog } from '../step/NoteDialog.tsx'
import { whyOf } from './why-of.ts'

type Note = CaseWorkspace['notes'][number]
type Props = Readonly<{ file: CaseWorkspace; document: DocumentView }>

/** Where no text of the case knows correction: what can be done about a wrong paper, and the way there. */
export function WaysButton({ file, document }: Props) {
  const { t } = useTranslation('document')
  const [open, setOpen] = useState(false)
  const [note, setNote] = useState<Note>()
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('ways.open')}</Button>
      <Modal
        open={open}
        title={t('ways.title', { name: document.name })}
        footer={null}
        onCancel={() => setOpen(false)}
      >
        <p>{t('ways.none')}</p>
        <ol className="ways">
          <VoidWay document={document} />
          {(['undone', 'anew'] as const).map((means) => (
            <NoteWay
              key={means}
              means={means}
              note={file.notes.find((one) => one.means === means)}
              onGo={(one) => {
                setOpen(false)
                setNote(one)
              }}
            />
          ))}
        </ol>
      </Modal>
      {note && (
        <NoteDialog
          file={file}
          step={file.evaluation.steps.find((s) => s.id === note.step)}
          note={note}
          onClose={() => setNote(undefined)}
        />
      )}
    </>
  )
}

/** Before anybody relies on it, its author takes it back. */
function VoidWay({ document }: Pick<Props, 'document'>) {
  const { t } = useTranslation('document')
  const why = document.can.void ? undefined : whyOf(document.why.void, (r) => r.message)
  return (
    <li>
      <p>{t('ways.void')}</p>
      <p className="faint">{why ?? t('ways.voidHere')}</p>
    </li>
  )
}

type NoteWayProps = Readonly<{ means: 'undone' | 'anew'; note: Note | undefined; onGo: (note: Note) => void }>

/** What the posts register who may; who may not is told whose it is. */
function NoteWay({ means, note, onGo }: NoteWayProps) {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('words')
  if (note === undefined) return null
  const why = whyOf(note.can ?? true, (reason) => w('whyNot', reason))
  return (
    <li>
      <p>{t(`ways.${means}`)}</p>
      {why !== undefined && <p className="faint">{why}</p>}
      <Button disabled={why !== undefined} onClick={() => onGo(note)}>
        {t('ways.go', { title: note.title })}
      </Button>
    </li>
  )
}
