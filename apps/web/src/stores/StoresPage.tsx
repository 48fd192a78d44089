import { CheckCircleFilled, CloseCircleFilled, InfoCircleFilled } from '@ant-design/icons'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import { storeHealth } from '@liuhen/api/routes/stores'
import { useRoute } from '../api/use-route.ts'
import { sizeOf } from '../recording/size.ts'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { DamageList } from './DamageList.tsx'
import { LastRuns } from './LastRuns.tsx'
import { MovePanel } from './MovePanel.tsx'
import { StoreCards } from './StoreCards.tsx'
import './stores.css'

export type Health = ResponseOf<typeof storeHealth>

/** Whether every byte lies in two places and could be brought back from the second: red until that was tried. */
export function StoresPage() {
  const { t } = useTranslation('stores')
  const health = useRoute(storeHealth, {}, { every: 30_000 })
  if (health.isPending) return <Waiting whole />
  if (health.error)
    return (
      <div className="page">
        <PageHead title={t('title')} note={t('note')} />
        <ProblemView error={health.error} route={storeHealth} onRetry={() => void health.refetch()} />
      </div>
    )
  const { data } = health
  const { scrubDays, scrubMibPerSecond, rehearsalDays, waiting } = data
  return (
    <div className="page">
      <PageHead title={t('title')} note={t('note')} />
      <Alert
        showIcon
        type={data.sound ? 'success' : 'error'}
        title={data.sound ? t('sound') : t('unsound', { n: data.checks.filter((c) => !c.ok).length })}
      />
      <CheckList checks={data.checks} />
      <StoreCards stores={data.stores} />
      {waiting.files > 0 && (
        <p className="faint">{t('waiting', { n: waiting.files, size: sizeOf(waiting.bytes) })}</p>
      )}
      <MovePanel health={data} />
      <LastRuns health={data} />
      <DamageList health={data} />
      <p className="explain">
        {t('budget', { days: scrubDays, speed: scrubMibPerSecond, rehearsal: rehearsalDays })}
      </p>
    </div>
  )
}

function CheckIcon({ check }: Readonly<{ check: Health['checks'][number] }>) {
  const { t } = useTranslation('stores')
  if (check.told === true) return <InfoCircleFilled role="img" aria-label={t('told')} />
  if (check.ok) return <CheckCircleFilled role="img" aria-label={t('ok')} />
  return <CloseCircleFilled role="img" aria-label={t('notOk')} />
}

function CheckList({ checks }: Readonly<{ checks: Health['checks'] }>) {
  const { t } = useTranslation('stores')
  return (
    <section className="panel" aria-label={t('checks')}>
      <ul className="store-checks">
        {checks.map((check) => (
          <li key={check.id} data-ok={check.told === true ? 'told' : check.ok}>
            <CheckIcon check={check} />
            <strong>{t(`check.${check.id}`)}</strong>
            <span>
              {check.message}
              {check.todo !== undefined && <em>{check.todo}</em>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
