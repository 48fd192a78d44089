import { useTranslation } from 'react-i18next'
import { calendar } from '../time/calendar.ts'
import { chinaMinute, chinaShort } from '../time/china.ts'
import { dueGroup, dueLook, remaining } from '../time/due.ts'
import { useNow } from '../time/use-now.ts'

type Props = Readonly<{
  due?: string | undefined
  state: string
  metAt?: string | undefined
  /** There is a day, but it cannot be computed yet. */
  unknown?: boolean
}>

/** How a duty stands in time: red when late, amber when near, calm otherwise. */
export function Countdown({ due, state, metAt, unknown = false }: Props) {
  const { t } = useTranslation('law')
  const now = useNow()
  if (state === 'met' || state === 'met-late' || state === 'excused')
    return (
      <span className={`due due-${state}`}>
        {t(`state.${state}`)}
        {metAt !== undefined && <time dateTime={metAt}>{chinaShort(metAt, now)}</time>}
      </span>
    )
  if (due === undefined)
    return <span className="due due-undated">{t(unknown ? 'unknownDay' : 'undated')}</span>
  const left = remaining(due, now)
  const word = t(left.past ? `past.${left.unit}` : `left.${left.unit}`, { n: left.n })
  return (
    <span className={`due due-${dueLook(dueGroup({ due, state }, now, calendar))}`} title={chinaMinute(due)}>
      <strong>{word}</strong>
      <time dateTime={due}>{chinaShort(due, now)}</time>
    </span>
  )
}
