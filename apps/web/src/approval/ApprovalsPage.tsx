import { useEffect } from 'react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { myApprovals } from '@liuhen/api/routes/approvals'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useKeys } from '../shell/use-keys.ts'
import { useWide } from '../shell/use-wide.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { ApprovalDesk } from './ApprovalDesk.tsx'
import './approval.css'

/** What waits for my opinion: the list, the paper, the opinion; J and K walk the list. */
export function ApprovalsPage() {
  const { t } = useTranslation('approval')
  const { d } = useSearch({ from: '/shell/approvals' })
  const navigate = useNavigate({ from: '/approvals' })
  const wide = useWide(900)
  const now = useNow()
  const approvals = useRoute(myApprovals, {})
  const items = approvals.data?.items ?? []
  const at = items.findIndex((item) => item.documentId === d)
  const chosen = items[at] ?? (wide ? items[0] : undefined)
  const go = (documentId: string | undefined): void => void navigate({ search: { d: documentId } })
  const step = (by: number): void => {
    const next = items[Math.min(Math.max(0, (at < 0 ? 0 : at) + by), items.length - 1)]
    if (next) go(next.documentId)
  }
  useKeys({ j: () => step(1), k: () => step(-1) })
  useEffect(() => {
    document.querySelector('[data-chosen="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen?.documentId])
  return (
    <div className="page approvals">
      <PageHead
        title={t('title')}
        note={t(wide ? 'note' : 'noteShort', { n: items.length })}
        actions={<Link {...paths.standIns()}>{t('standIns')}</Link>}
      />
      {approvals.isPending && <Waiting rows={6} />}
      {approvals.error && <ProblemView error={approvals.error} onRetry={() => void approvals.refetch()} />}
      {approvals.data && items.length === 0 && <Nothing title={t('none')} hint={t('noneHint')} />}
      {items.length > 0 && (
        <div className="approvals-body">
          {(wide || !chosen) && (
            <ul className="approval-list" aria-label={t('title')}>
              {items.map((item) => (
                <li key={item.documentId + item.rank}>
                  <button
                    type="button"
                    data-chosen={item === chosen}
                    aria-current={item === chosen}
                    onClick={() => go(item.documentId)}
                  >
                    <strong>{item.name}</strong>
                    {item.standsInFor !== undefined && (
                      <span className="in-place">{t('inPlaceOf', { name: item.standsInFor })}</span>
                    )}
                    <span>{item.caseTitle}</span>
                    <span className="faint">
                      {item.caseNo} · {item.submittedBy.name} · {chinaShort(item.submittedAt, now)}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
          {chosen && (
            <ApprovalDesk
              key={chosen.documentId}
              item={chosen}
              onBack={wide ? undefined : () => go(undefined)}
              onDone={() => go(undefined)}
            />
          )}
        </div>
      )}
    </div>
  )
}
