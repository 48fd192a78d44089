import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ProposalView } from '@liuhen/api/routes/settings'
import { chinaMinute } from '../time/china.ts'
import { ChangeList } from './ChangeList.tsx'
import { DryRunView } from './DryRunView.tsx'

const COLORS: Readonly<Record<ProposalView['status'], string>> = {
  proposed: 'processing',
  weighed: 'warning',
  approved: 'processing',
  'carried-out': 'success',
  rejected: 'default',
  withdrawn: 'default',
}

/** Who changed what, when and why; nothing of it ever goes. */
export function ProposalHistory({ proposals }: Readonly<{ proposals: readonly ProposalView[] }>) {
  const { t } = useTranslation('settings')
  return (
    <section className="panel">
      <h2>{t('history')}</h2>
      {proposals.length === 0 && <p className="faint">{t('historyNone')}</p>}
      <ol className="proposal-history">
        {proposals.map((p) => (
          <li key={p.id}>
            <p>
              <Tag color={COLORS[p.status]}>{t(`status.${p.status}`)}</Tag>
              {t('proposedBy', { who: p.proposedBy, at: chinaMinute(p.proposedAt) })}
              {' · '}
              {p.reason}
            </p>
            <ChangeList changes={p.changes} />
            {p.ended && (
              <p>{t('ended', { who: p.ended.by, at: chinaMinute(p.ended.at), words: p.ended.words })}</p>
            )}
            {p.carriedOut && (
              <p className="faint">
                {t('carriedOut', { ...p.carriedOut, at: chinaMinute(p.carriedOut.at) })}
                {p.carriedOut.failed !== undefined && t('carriedOutFailed', { n: p.carriedOut.failed })}
              </p>
            )}
            {p.dryRun && (
              <details className="dry-rows">
                <summary>{t('dry.title')}</summary>
                <DryRunView dryRun={p.dryRun} />
              </details>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
