import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Wordmark } from '../shell/Wordmark.tsx'

/** The frame of every page before the sign-in. */
export function Entrance({ children, wide = false }: Readonly<{ children: ReactNode; wide?: boolean }>) {
  const { t } = useTranslation('session')
  const points = t('entrance.points', { returnObjects: true })
  return (
    <div className={wide ? 'entrance entrance-wide' : 'entrance'}>
      <aside>
        <Wordmark tone="light" size={44} />
        <p className="entrance-line">{t('entrance.line')}</p>
        <ul>
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
        <Link to="/verify">{t('entrance.verify')}</Link>
      </aside>
      <main id="main" tabIndex={-1}>
        <div className="entrance-box">{children}</div>
      </main>
    </div>
  )
}
