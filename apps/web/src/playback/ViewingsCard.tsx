import { useTranslation } from 'react-i18next'
import { listViewings } from '@liuhen/api/routes/playback'
import { useRoute } from '../api/use-route.ts'
import { useRoleGate } from '../session/use-role-gate.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { chinaMinute, clockOf } from '../time/china.ts'

/** Every viewing with its purpose and the seconds that were really played, for those who watch over it. */
export function ViewingsCard({ id }: Readonly<{ id: string }>) {
  const { t } = useTranslation('playback')
  const { t: p } = useTranslation('player')
  const allowed = useRoleGate(listViewings) === undefined
  const viewings = useRoute(listViewings, { params: { id }, query: { limit: 50 } }, { enabled: allowed })
  if (!allowed) return null
  const items = viewings.data?.items ?? []
  return (
    <section className="panel" aria-label={t('viewings')}>
      <h2>{t('viewings')}</h2>
      <p className="explain">{t('viewingsNote')}</p>
      {viewings.error && <ProblemView error={viewings.error} onRetry={() => void viewings.refetch()} />}
      {viewings.data && items.length === 0 && <p className="faint">{t('noViewings')}</p>}
      <ul className="viewing-list">
        {items.map((v) => (
          <li key={v.id}>
            <span className="mono">{chinaMinute(v.at)}</span>
            <span>{v.userName}</span>
            <span>{v.reason ?? p(`purposes.${v.purpose}`)}</span>
            {v.copy !== undefined && <span>{t('viewedCopy', { number: v.copy })}</span>}
            <span>{t('watched', { n: v.watchedSeconds, covered: v.coveredSeconds })}</span>
            <span className="mono faint">
              {v.ranges.map((r) => `${clockOf(r.from)}–${clockOf(r.to)}`).join(t('and'))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
