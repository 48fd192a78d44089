import { useTranslation } from 'react-i18next'
import { useMe } from '../session/me.ts'
import { chinaMinute } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'

const PLACES = ['left', 'middle', 'right'] as const

/** Who looks, from which agency, when: over the picture, never in it. */
export function ViewerMark() {
  const { t } = useTranslation('player')
  const me = useMe()
  const now = useNow()
  const text = t('mark', { name: me.name, agency: me.agency.shortName, at: chinaMinute(now) })
  return (
    <div className="viewer-mark" data-mark={text}>
      {PLACES.map((place) => (
        <span key={place} aria-hidden={place !== 'left'}>
          {text}
        </span>
      ))}
    </div>
  )
}
