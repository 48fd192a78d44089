import { useState } from 'react'
import { Button, Drawer, Input, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { Nothing } from '../shell/Nothing.tsx'
import { useWide } from '../shell/use-wide.ts'
import { notesBySubject } from './notes-by-subject.ts'

type Note = CaseWorkspace['notes'][number]
type Props = Readonly<{
  notes: readonly Note[]
  open: boolean
  /** Why this one is not for the one who is signed in. */
  whyNot: (note: Note) => string | undefined
  onPick: (note: Note) => void
  onClose: () => void
}>

/** Everything else that may be registered, by the matter it belongs to; typing a word finds it. */
export function NotePicker({ notes, open, whyNot, onPick, onClose }: Props) {
  const { t } = useTranslation('case')
  const wide = useWide(700)
  const [sought, setSought] = useState('')
  const groups = notesBySubject(notes, sought)
  return (
    <Drawer open={open} onClose={onClose} size={wide ? 560 : '100%'} title={t('notes.more')}>
      <Input.Search
        allowClear
        autoFocus={wide}
        aria-label={t('notes.search')}
        placeholder={t('notes.search')}
        value={sought}
        onChange={(e) => setSought(e.target.value)}
      />
      {groups.length === 0 && <Nothing title={t('notes.notFound')} hint={t('notes.notFoundHint')} />}
      {groups.map(({ subject, notes: of }) => (
        <section key={subject} className="note-group" aria-label={subject}>
          <h3>{subject}</h3>
          <ul>
            {of.map((note) => (
              <li key={note.name}>
                <Tooltip title={whyNot(note)}>
                  <Button
                    type="text"
                    block
                    disabled={whyNot(note) !== undefined}
                    onClick={() => onPick(note)}
                  >
                    {note.title}
                  </Button>
                </Tooltip>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Drawer>
  )
}
