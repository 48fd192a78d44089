import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { waitingDerivatives } from '@liuhen/api/routes/derivatives'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { hasRole, rolesOf, useMe } from '../session/me.ts'

/** Copies of recordings that wait for the one who looks: to be seen through and reviewed, or to be handed out. */
export function CopiesWaiting() {
  const { t } = useTranslation('desk')
  const mine = hasRole(useMe(), rolesOf(waitingDerivatives.access))
  const items = useRoute(waitingDerivatives, {}, { enabled: mine }).data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="panel due-group" aria-label={t('copies.title')}>
      <h2 className="due-title due-title-work">{t('copies.title')}</h2>
      <ul>
        {items.map(({ id, number, recordingId, wants }) => (
          <li key={id} className="duty-row">
            <Link {...paths.openRecording(recordingId)}>{t(`copies.${wants}`, { number })}</Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
