import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Segmented, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import { listDisposals } from '@liuhen/api/routes/disposals'
import type { BatchRow } from '@liuhen/api/routes/disposals'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { sizeOf } from '../recording/size.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { DueList } from './DueList.tsx'
import { lookOf, TONES } from './look-of.ts'
import './disposal.css'

export const VIEWS = ['batches', 'due', 'blocked'] as const
const GIB = 1024 ** 3
type View = (typeof VIEWS)[number]

/** What may be destroyed and why, what may not and why not, and every batch with whose turn it is. */
export function DisposalsPage() {
  const { t } = useTranslation('disposal')
  const { t: w } = useTranslation('words')
  const { view = 'batches' } = useSearch({ from: '/shell/disposals' })
  const navigate = useNavigate({ from: '/disposals' })
  const disposals = useRoute(listDisposals, {})
  const { data } = disposals
  return (
    <div className="page">
      <PageHead title={t('title')} note={t('note')} />
      {disposals.isPending && <Waiting rows={6} />}
      {disposals.error && (
        <ProblemView error={disposals.error} route={listDisposals} onRetry={() => void disposals.refetch()} />
      )}
      {data && (
        <>
          <Segmented<View>
            aria-label={w('view')}
            className="disposal-views"
            value={view}
            options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
            onChange={(value) => void navigate({ search: { view: value } })}
          />
          {view === 'batches' ? (
            <Batches data={data} />
          ) : (
            <DueList key={view} blocked={view === 'blocked'} limits={data.limits} can={data.can.propose} />
          )}
          {view === 'blocked' && data.unlinked > 0 && (
            <p className="explain">{t('unlinked', { count: data.unlinked })}</p>
          )}
          <p className="explain">
            {t('safeguards', {
              days: data.limits.coolingDays,
              items: data.limits.items,
              gib: data.limits.bytes / GIB,
            })}
          </p>
        </>
      )}
    </div>
  )
}

function Batches({ data }: Readonly<{ data: ResponseOf<typeof listDisposals> }>) {
  const { t } = useTranslation('disposal')
  if (data.items.length === 0) return <Nothing title={t('batch.none')} hint={t('batch.noneHint')} />
  return (
    <ul className="panel disposal-rows">
      {data.items.map((row) => (
        <BatchLine key={row.id} row={row} />
      ))}
    </ul>
  )
}

function BatchLine({ row }: Readonly<{ row: BatchRow }>) {
  const { t } = useTranslation('disposal')
  const now = useNow()
  const look = lookOf(row, now)
  return (
    <li>
      <div>
        <Link {...paths.disposal(row.id)}>{row.number}</Link>
        <p className="faint">
          {t('batch.line', {
            n: row.items,
            size: sizeOf(row.bytes),
            who: row.proposedBy,
            at: chinaShort(row.proposedAt, now),
          })}
        </p>
      </div>
      <div className="disposal-tags">
        {row.yours && <Tag color="processing">{t('batch.yours')}</Tag>}
        <Tag color={TONES[look]}>{t(`status.${look}`)}</Tag>
        {look === 'approved' && row.coolsUntil !== undefined && (
          <span className="faint">{t('until', { at: chinaShort(row.coolsUntil, now) })}</span>
        )}
      </div>
    </li>
  )
}
