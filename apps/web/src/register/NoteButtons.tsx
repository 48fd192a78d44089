import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { whyOf } from '../document/why-of.ts'
import type { NoteGroup } from '../step/notes-by-subject.ts'

type Note = CaseWorkspace['notes'][number]
type ButtonsProps = Readonly<{ notes: readonly Note[]; onPick: (note: Note) => void }>

/** What may be registered, a button each; one that cannot be pressed says why. */
export function NoteButtons({ notes, onPick }: ButtonsProps) {
  const { t: w } = useTranslation('words')
  const whyNot = (n: Note) => whyOf(n.can ?? true, (reason) => w('whyNot', reason))
  return (
    <div className="note-buttons">
      {notes.map((n) => (
        <Tooltip key={n.name} title={whyNot(n)}>
          <Button disabled={whyNot(n) !== undefined} onClick={() => onPick(n)}>
            {n.title}
          </Button>
        </Tooltip>
      ))}
    </div>
  )
}

type RowsProps = Readonly<{ groups: readonly NoteGroup[]; onPick: (note: Note) => void }>

/** What may be registered under headings, in the order of work. */
export function WorkRows({ groups, onPick }: RowsProps) {
  return groups.map(({ subject, notes }) => (
    <div key={subject} className="work-row">
      <h3>{subject}</h3>
      <NoteButtons notes={notes} onPick={onPick} />
    </div>
  ))
}
