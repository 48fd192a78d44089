import { Link } from '@tanstack/react-router'
import { Badge } from 'antd'
import { useTranslation } from 'react-i18next'
import { EXACTLY, isHere, NAV_ITEMS } from './nav-items.tsx'
import { useRoom } from './use-room.ts'
import { Wordmark } from './Wordmark.tsx'

/** Desktop navigation: narrow, because the work needs the width. */
export function Rail({ waiting }: Readonly<{ waiting: number }>) {
  const { t } = useTranslation('shell')
  const room = useRoom()
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <Link to="/" className="rail-mark" aria-label={t('nav.home')}>
        <Wordmark tone="light" compact />
      </Link>
      <ul>
        {NAV_ITEMS.map(({ key, to, icon }) => (
          <li key={key} className={key === 'verify' ? 'rail-last' : undefined}>
            <Link
              to={to}
              activeOptions={EXACTLY}
              className="rail-item"
              aria-current={isHere(to, room) ? 'page' : undefined}
            >
              <Badge count={key === 'approvals' ? waiting : 0} size="small" offset={[4, -2]}>
                <span className="rail-icon">{icon}</span>
              </Badge>
              <span>{t(`nav.${key}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
