import { useState } from 'react'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Tag, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { getDisposal, openDisposalCertificate } from '@liuhen/api/routes/disposals'
import type { BatchView } from '@liuhen/api/routes/disposals'
import { urlOf } from '../api/client.ts'
import { useRoute } from '../api/use-route.ts'
import { whyOf } from '../document/why-of.ts'
import { paths } from '../paths.ts'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaMinute } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { BatchDialog, type BatchAct } from './BatchDialog.tsx'
import { BatchItems } from './BatchItems.tsx'
import { BatchSteps } from './BatchSteps.tsx'
import { leftOf, lookOf, TONES } from './look-of.ts'
import './disposal.css'

const MOVING = ['ordered', 'carried-out']

/** One batch: where it is, whose turn it is, what speaks against its items today, and what became of them. */
export function BatchPage() {
  const { t } = useTranslation('disposal')
  const { id } = useParams({ from: '/shell/disposals/$id' })
  const [every, setEvery] = useState<number | false>(false)
  const [act, setAct] = useState<BatchAct | undefined>()
  const batch = useRoute(getDisposal, { params: { id } }, { every })
  if (batch.isPending) return <Waiting whole />
  if (batch.error)
    return (
      <div className="page">
        <PageHead title={t('title')} />
        <ProblemView error={batch.error} route={getDisposal} onRetry={() => void batch.refetch()} />
      </div>
    )
  const { data } = batch
  const wanted = MOVING.includes(data.status) ? 2000 : false
  if (wanted !== every) setEvery(wanted)
  return (
    <div className="page">
      <PageHead
        title={t('batch.title', { number: data.number })}
        actions={
          <Link {...paths.disposals()}>
            <Button>{t('batch.back')}</Button>
          </Link>
        }
      />
      <Standing batch={data} />
      <Acts batch={data} onAct={setAct} />
      <BatchSteps batch={data} />
      <BatchItems batch={data} onObject={(item) => setAct({ what: 'object', item })} />
      {act && <BatchDialog act={act} batch={data} onClose={() => setAct(undefined)} />}
    </div>
  )
}

function Standing({ batch }: Readonly<{ batch: BatchView }>) {
  const { t } = useTranslation('disposal')
  const now = useNow()
  const coolsUntil = batch.approved?.coolsUntil
  const look = lookOf({ status: batch.status, coolsUntil }, now)
  const left = look === 'approved' && coolsUntil !== undefined ? leftOf(coolsUntil, now) : undefined
  return (
    <section className="panel disposal-standing">
      <p>
        <Tag color={TONES[look]}>{t(`status.${look}`)}</Tag>
        {t(`next.${look}`, { at: coolsUntil === undefined ? '' : chinaMinute(coolsUntil) })}
      </p>
      {left && (
        <p className="disposal-countdown">
          {t('cooling')} <strong>{t(`${left.unit}Left`, { count: left.n })}</strong>
        </p>
      )}
      {batch.certificate && (
        <p>
          <a
            href={urlOf(openDisposalCertificate, { params: { id: batch.id } })}
            target="_blank"
            rel="noreferrer"
          >
            {t('certificate')}
          </a>{' '}
          <span className="faint disposal-hash">
            {t('certificateHash', { sha256: batch.certificate.sha256 })}
          </span>
        </p>
      )}
    </section>
  )
}

type Offered = Exclude<BatchAct['what'], 'objectOne'>
const OFFERED: Readonly<Record<BatchView['status'], readonly Offered[]>> = {
  proposed: ['review', 'object'],
  reviewed: ['approve', 'reject', 'object'],
  approved: ['order', 'object'],
  ordered: [],
  'carried-out': [],
  certified: [],
  rejected: [],
  stopped: [],
}

function Acts({ batch, onAct }: Readonly<{ batch: BatchView; onAct: (act: BatchAct) => void }>) {
  const { t } = useTranslation('disposal')
  const { t: w } = useTranslation('words')
  const offered = OFFERED[batch.status]
  if (offered.length === 0) return null
  const [first] = offered
  const firstWhy = first && whyOf(batch.can[first], (reason) => w('whyNot', reason))
  return (
    <div className="disposal-bar">
      {offered.map((what, i) => {
        const why = whyOf(batch.can[what], (reason) => w('whyNot', reason))
        return (
          <Tooltip key={what} title={why}>
            <Button
              type={i === 0 ? 'primary' : 'default'}
              danger={what === 'order'}
              disabled={why !== undefined}
              onClick={() => onAct({ what })}
            >
              {t(what)}
            </Button>
          </Tooltip>
        )
      })}
      {firstWhy !== undefined && <span className="faint">{firstWhy}</span>}
    </div>
  )
}
