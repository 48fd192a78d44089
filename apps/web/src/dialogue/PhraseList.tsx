import { useTranslation } from 'react-i18next'
import type { Phrase } from './phrase-search.ts'

type Props = Readonly<{
  id: string
  found: readonly Phrase[]
  active: number
  onPick: (text: string) => void
}>

/** Phrases below the question that is being written; the keys stay in the question. */
export function PhraseList({ id, found, active, onPick }: Props) {
  const { t } = useTranslation('dialogue')
  return (
    <ul className="phrase-list" id={id} role="listbox" aria-label={t('phrases')}>
      {found.map(({ no, text }, n) => (
        <li
          key={no}
          id={`${id}-${no}`}
          role="option"
          aria-selected={n === active}
          // The question keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(text)}
        >
          <kbd>{no}</kbd> {text}
        </li>
      ))}
    </ul>
  )
}
