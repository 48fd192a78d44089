import { memo, useState } from 'react'
import { DeleteOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { spokenAt } from '@liuhen/domain/document/stamps'
import { insertPasted } from '../form/insert-pasted.ts'
import { turnsInText } from '../form/pasted.ts'
import { actOf, phraseNoOf } from './line-keys.ts'
import { PhraseList } from './PhraseList.tsx'
import { findPhrases, searchedFor } from './phrase-search.ts'
import type { Part, Place, Turn } from './turns.ts'
import type { Act } from './use-turns.ts'

type Props = Readonly<{
  i: number
  turn: Turn
  phrases: readonly string[]
  /** True time at which the recording began; absent, stamps are told by the time of day. */
  beganMs: number | undefined
  act: (at: Place, deed: Act) => void
}>

/** One question and its answer. A keystroke in another row does not draw this one again. */
export const TurnRow = memo(function TurnRow(props: Props) {
  const { t } = useTranslation('dialogue')
  const { i, act } = props
  return (
    <div className="dialogue-row" role="group" aria-label={t('turn', { n: i + 1 })}>
      <span className="dialogue-no" aria-hidden="true">
        {i + 1}
      </span>
      <div>
        <Line {...props} part="q" />
        <Line {...props} part="a" />
      </div>
      <Button
        type="text"
        tabIndex={-1}
        icon={<DeleteOutlined />}
        aria-label={t('remove', { n: i + 1 })}
        onClick={() => act({ i, part: 'q' }, { do: 'remove' })}
      />
    </div>
  )
})

const placeIn = (line: HTMLTextAreaElement, i: number, part: Part): Place => ({
  i,
  part,
  caret: line.selectionStart,
})

/** As many as the eye takes in; more words find the others. */
const MOST_SHOWN = 9

type Keys = React.KeyboardEvent<HTMLTextAreaElement>

function Line({ i, part, turn, phrases, beganMs, act }: Props & Readonly<{ part: Part }>) {
  const { t } = useTranslation('dialogue')
  const text = turn[part]
  const sought = part === 'q' ? searchedFor(text) : undefined
  // The list is open where somebody writes, and not in a row that was left with a stroke in it.
  const [hasFocus, setHasFocus] = useState(false)
  const [closed, setClosed] = useState<string>()
  const [chosen, setChosen] = useState(0)
  const [isWaiting, setIsWaiting] = useState(false)
  const found =
    sought === undefined || !hasFocus || closed === text
      ? []
      : findPhrases(phrases, sought).slice(0, MOST_SHOWN)
  const active = Math.min(chosen, found.length - 1)
  const listId = `phrases-${i}`
  const pick = (phrase: string): void => {
    setChosen(0)
    act({ i, part }, { do: 'write', text: phrase })
    act({ i, part }, { do: 'next' })
  }
  const onSearchKey = (event: Keys): boolean => {
    const phrase = found[active]
    if (phrase === undefined) return false
    if (event.key === 'ArrowDown') setChosen((active + 1) % found.length)
    else if (event.key === 'ArrowUp') setChosen((active + found.length - 1) % found.length)
    else if (event.key === 'Escape') setClosed(text)
    else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) pick(phrase.text)
    else return false
    event.preventDefault()
    return true
  }
  const onKey = (event: Keys): void => {
    if (event.nativeEvent.isComposing || onSearchKey(event)) return
    const { currentTarget: line } = event
    const phrase = phrases[(phraseNoOf(event) ?? 0) - 1]
    const deed = actOf(event, {
      text,
      from: line.selectionStart,
      to: line.selectionEnd,
      part,
      isTurnEmpty: turn.q === '' && turn.a === '',
    })
    if (phrase === undefined && deed === undefined) return
    event.preventDefault()
    setIsWaiting(deed?.do === 'wait')
    if (phrase === undefined && deed) return act(placeIn(line, i, part), deed)
    if (phrase !== undefined && part === 'q' && text === '') pick(phrase)
    else if (phrase !== undefined) act({ i, part }, { do: 'fill', turns: [{ q: phrase, a: '' }] })
  }
  const onPaste = (event: React.ClipboardEvent<HTMLTextAreaElement>): void => {
    const many = turnsInText(event.clipboardData.getData('text/plain'))
    if (many.length === 0) return insertPasted(event)
    event.preventDefault()
    act({ i, part }, { do: 'fill', turns: many })
  }
  return (
    <div className="dialogue-line" data-part={part}>
      <span aria-hidden="true">{t(part === 'q' ? 'q' : 'a')}</span>
      <div className="dialogue-cell">
        <textarea
          className="dialogue-text"
          rows={Math.min(12, text.split('\n').length + Math.floor(text.length / 46))}
          data-at={`${i}-${part}`}
          value={text}
          aria-label={t(`${part}Of`, { n: i + 1 })}
          {...(found.length > 0 && {
            'aria-controls': listId,
            'aria-haspopup': 'listbox' as const,
            'aria-autocomplete': 'list' as const,
            'aria-activedescendant': `${listId}-${found[active]?.no ?? 0}`,
          })}
          onFocus={() => setHasFocus(true)}
          onBlur={() => {
            setHasFocus(false)
            setIsWaiting(false)
          }}
          onKeyDown={onKey}
          onPaste={onPaste}
          onChange={(event) => {
            setChosen(0)
            act({ i, part }, { do: 'write', text: event.target.value })
          }}
        />
        {isWaiting && text.trim() === '' && <p className="dialogue-wait">{t('unanswered')}</p>}
        {found.length > 0 && <PhraseList id={listId} found={found} active={active} onPick={pick} />}
      </div>
      <Stamp at={part === 'q' ? turn.at : turn.answeredAt} beganMs={beganMs} />
    </div>
  )
}

/** When the line was begun: its second in the recording, or the time of day. */
function Stamp({ at, beganMs }: Readonly<{ at: string | undefined; beganMs: number | undefined }>) {
  const { t } = useTranslation('dialogue')
  if (at === undefined) return null
  const spoken = spokenAt(at, beganMs === undefined ? undefined : { beganMs })
  return (
    <time className="dialogue-stamp mono" dateTime={at} title={t('stampNote')}>
      {spoken}
    </time>
  )
}
