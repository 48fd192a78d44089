import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listCases } from '@liuhen/api/routes/cases'
import { myApprovals } from '@liuhen/api/routes/approvals'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'

export function WaitingApprovals() {
  const { t } = useTranslation('desk')
  const now = useNow()
  const { data, error, isPending } = useRoute(myApprovals, {})
  return (
    <section className="panel" aria-label={t('approvals')}>
      <h2>
        {t('approvals')} {data && <span className="count">{data.items.length}</span>}
      </h2>
      {isPending && <Waiting rows={2} />}
      {error && <ProblemView error={error} compact />}
      {data?.items.length === 0 && <p className="faint">{t('approvalsNone')}</p>}
      <ul className="side-list">
        {data?.items.slice(0, 6).map((item) => (
          <li key={`${item.documentId}${item.rank}`}>
            <Link {...paths.approvals(item.documentId)}>{item.name}</Link>
            <p>{item.caseTitle}</p>
            <p className="faint">
              {t('submitted', { who: item.submittedBy.name ?? '', at: chinaShort(item.submittedAt, now) })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function RecentCases() {
  const { t } = useTranslation('desk')
  const now = useNow()
  const { data, error, isPending } = useRoute(listCases, { query: { limit: 6 } })
  return (
    <section className="panel" aria-label={t('recent')}>
      <h2>{t('recent')}</h2>
      {isPending && <Waiting rows={3} />}
      {error && <ProblemView error={error} compact />}
      {data?.items.length === 0 && <p className="faint">{t('recentNone')}</p>}
      <ul className="side-list">
        {data?.items.map((row) => (
          <li key={row.id}>
            <Link {...paths.caseFile(row.id)}>{row.title}</Link>
            <p className="side-line">
              <span className="stage-chip">{row.stageName}</span>
              <span className="faint">{t('changed', { at: chinaShort(row.updatedAt, now) })}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
