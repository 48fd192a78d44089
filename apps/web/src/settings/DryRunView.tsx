import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ProposalView } from '@liuhen/api/routes/settings'
import { READS_ALL } from '@liuhen/domain/case/can'
import { paths } from '../paths.ts'
import { hasRole, useMe } from '../session/me.ts'
import { chinaDay, chinaMinute } from '../time/china.ts'

type DryRun = NonNullable<ProposalView['dryRun']>
type Kept = DryRun['keeping'][number]['from']

/** What would change if it were approved now: counts of all, and the cases one by one. */
export function DryRunView({ dryRun }: Readonly<{ dryRun: DryRun }>) {
  const { t } = useTranslation('settings')
  const { at, cases, recordings, casesChanged, wouldShorten, duties, keeping, steps, failed = [] } = dryRun
  const counts = [
    ['openCases', dryRun.openCasesChanged],
    ['moved', dryRun.dutiesMoved],
    ['overdue', dryRun.dutiesOverdue],
    ['recordings', dryRun.recordingsChanged],
    ['disposable', dryRun.becomeDisposable],
    ['shorten', wouldShorten],
  ] as const
  const date = (due?: string): string => (due === undefined ? t('dry.noDate') : chinaDay(due))
  return (
    <div className="dry-run">
      <h3>{t('dry.title')}</h3>
      <p className="faint">{t('dry.at', { at: chinaMinute(at), cases, recordings })}</p>
      <dl className="dry-counts">
        {counts.map(([key, n]) => (
          <div key={key} data-alarm={n > 0 && (key === 'overdue' || key === 'shorten')}>
            <dt>{t(`dry.${key}`)}</dt>
            <dd>{n}</dd>
          </div>
        ))}
      </dl>
      {failed.length > 0 && <p className="dry-note">{t('dry.failedNote')}</p>}
      {casesChanged + wouldShorten === 0 && <p>{t('dry.nothing')}</p>}
      {wouldShorten > 0 && <p className="dry-note">{t('dry.shortenNote')}</p>}
      <Rows title={t('dry.failed')} n={failed.length} all={dryRun.casesFailed ?? failed.length}>
        {failed.map((f) => (
          <li key={f.caseId}>
            <CaseLink of={f} />
          </li>
        ))}
      </Rows>
      <Rows title={t('dry.duties')} n={duties.length} all={dryRun.dutiesMoved}>
        {duties.map((d) => (
          <li key={`${d.caseId}${d.what}${d.to}`}>
            <CaseLink of={d} />
            <span>{d.what}</span>
            <FromTo from={date(d.from)} to={date(d.to)} />
            {d.becomesOverdue && <Tag color="error">{t('dry.nowOverdue')}</Tag>}
          </li>
        ))}
      </Rows>
      <Rows title={t('dry.keeping')} n={keeping.length} all={keeping.length}>
        {keeping.map((k) => (
          <li key={`${k.caseId}${k.item}${k.shortens}`}>
            <CaseLink of={k} />
            <span>{k.item}</span>
            <FromTo from={<KeptText kept={k.from} />} to={<KeptText kept={k.to} />} />
            {k.shortens && <Tag color="warning">{t('dry.kept')}</Tag>}
            {k.becomesDisposable && !k.shortens && <Tag>{t('dry.nowDisposable')}</Tag>}
          </li>
        ))}
      </Rows>
      <Rows title={t('dry.steps')} n={steps.length} all={steps.length}>
        {steps.map((s) => (
          <li key={s.caseId}>
            <CaseLink of={s} />
            <span>{s.names.join(' · ')}</span>
          </li>
        ))}
      </Rows>
    </div>
  )
}

type RowsProps = Readonly<{ title: string; n: number; all: number; children: ReactNode }>

/** Long lists stay shut until somebody wants them. */
function Rows({ title, n, all, children }: RowsProps) {
  const { t } = useTranslation('settings')
  if (n === 0) return null
  return (
    <details className="dry-rows" open={n <= 20}>
      <summary>
        {title} <span className="count">{all}</span>
      </summary>
      <ul>{children}</ul>
      {all > n && <p className="faint">{t('dry.first', { n })}</p>}
    </details>
  )
}

/** The way to the case, for whoever may open it: administrators see its number only. */
function CaseLink({ of }: Readonly<{ of: Readonly<{ caseId: string; caseNo: string }> }>) {
  const me = useMe()
  if (!hasRole(me, READS_ALL)) return <span>{of.caseNo}</span>
  return <Link {...paths.caseFile(of.caseId, { tab: 'duties' })}>{of.caseNo}</Link>
}

function FromTo({ from, to }: Readonly<{ from: ReactNode; to: ReactNode }>) {
  const { t } = useTranslation('settings')
  return (
    <span className="change">
      <del>{from}</del>
      <span className="sr-only">{t('dry.arrow')}</span>
      <span aria-hidden="true">→</span>
      <ins>{to}</ins>
    </span>
  )
}

function KeptText({ kept }: Readonly<{ kept: Kept }>) {
  const { t } = useTranslation('settings')
  return <>{t(`rule.${kept.rule}`, { day: kept.keptThrough ?? '' })}</>
}
