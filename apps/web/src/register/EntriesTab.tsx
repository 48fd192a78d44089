import { useState } from 'react'
import { DownloadOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { exportRegister, exportRegisterCsv } from '@liuhen/api/routes/registers'
import { urlOf } from '../api/client.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { Entry } from './Entry.tsx'
import { NoteButtons, WorkRows } from './NoteButtons.tsx'
import { NoteDialog } from '../step/NoteDialog.tsx'
import { type NoteGroup, notesBySubject } from '../step/notes-by-subject.ts'
import './register.css'

type Note = CaseWorkspace['notes'][number]
type Noted = CaseWorkspace['noted'][number]

/** What is registered here, and all that was: the latest first, each with its answers. */
export function EntriesTab({ file }: Readonly<{ file: CaseWorkspace }>) {
  const { t } = useTranslation('register')
  const [note, setNote] = useState<Note | undefined>()
  const [sought, setSought] = useState('')
  const notes = [...new Map(file.notes.map((n) => [n.name, n])).values()]
  const groups = notesBySubject(notes, '')
  const work = groups.filter((g) => isOwn(g.notes))
  const rest = groups.filter((g) => !isOwn(g.notes))
  const shown = file.noted.filter((n) => textOf(n).includes(sought.trim()))
  return (
    <>
      <section className="panel">
        <h2>{t('panel.title')}</h2>
        <WorkRows groups={work} onPick={setNote} />
        {work.length === 0 ? (
          <Subjects groups={rest} onPick={setNote} />
        ) : (
          <details className="note-subject">
            <summary>{t('panel.rest')}</summary>
            <Subjects groups={rest} onPick={setNote} />
          </details>
        )}
      </section>
      <section className="panel">
        <header className="entries-head">
          <h2>{t('panel.list')}</h2>
          {file.register === true && file.noted.length > 0 && <ExportLinks id={file.id} />}
          {file.noted.length > 5 && (
            <Input
              prefix={<SearchOutlined aria-hidden />}
              allowClear
              className="entries-search"
              aria-label={t('panel.search')}
              placeholder={t('panel.search')}
              value={sought}
              onChange={(e) => setSought(e.target.value)}
            />
          )}
        </header>
        {file.noted.length === 0 && <Nothing title={t('panel.none')} hint={t('panel.noneHint')} />}
        {file.noted.length > 0 && shown.length === 0 && (
          <Nothing title={t('panel.notFound')} hint={t('panel.notFoundHint')} />
        )}
        <ul className="entries">
          {shown.map((noted) => (
            <Entry key={noted.ref} noted={noted} about={file.noted.find((n) => n.ref === noted.about)} />
          ))}
        </ul>
      </section>
      {note && <NoteDialog file={file} step={undefined} note={note} onClose={() => setNote(undefined)} />}
    </>
  )
}

/** All that was registered, for a spreadsheet. */
function ExportLinks({ id }: Readonly<{ id: string }>) {
  const { t } = useTranslation('register')
  return (
    <>
      <Button
        size="small"
        icon={<DownloadOutlined aria-hidden />}
        href={urlOf(exportRegister, { params: { id } })}
      >
        {t('panel.export')}
      </Button>
      <Button size="small" href={urlOf(exportRegisterCsv, { params: { id } })}>
        {t('panel.exportCsv')}
      </Button>
    </>
  )
}

type SubjectsProps = Readonly<{ groups: readonly NoteGroup[]; onPick: (note: Note) => void }>

/** What else may be registered, by the matter that it belongs to; the first stands open. */
function Subjects({ groups, onPick }: SubjectsProps) {
  return groups.map(({ subject, notes }, i) => (
    <details key={subject} open={i === 0} className="note-subject">
      <summary>{subject}</summary>
      <NoteButtons notes={notes} onPick={onPick} />
    </details>
  ))
}

/** What the register itself has put in an order of work. */
const isOwn = (notes: readonly Note[]): boolean => notes.some((n) => n.group !== undefined)

const textOf = (n: Noted): string => [n.title, ...n.by, ...n.said.map((s) => s.value)].join(' ')
