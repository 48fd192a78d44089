import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { whyOf } from '../document/why-of.ts'

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
