import { Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { logState } from '@liuhen/api/routes/log'
import { useRoute } from '../api/use-route.ts'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { HashLookup } from './HashLookup.tsx'
import { Keys } from './Keys.tsx'
import { Stamped } from './Stamped.tsx'
import { Witnesses } from './Witnesses.tsx'
import './log.css'

/** The transparency log: how long it is, its head, its key, and who outside has seen it. */
export function LogPage() {
  const { t } = useTranslation('log')
  const { t: w } = useTranslation('words')
  const log = useRoute(logState, {}, { every: 5_000 })
  if (log.isPending) return <Waiting whole />
  if (log.error)
    return (
      <div className="page">
        <ProblemView error={log.error} onRetry={() => void log.refetch()} />
      </div>
    )
  const { data } = log
  const copy = (text: string) => ({ text, tooltips: [w('copy'), w('copied')] })
  return (
    <div className="page">
      <PageHead title={t('title')} note={t('note')} />
      <ul className="tallies">
        <li className="tally">
          <strong>{data.size.toLocaleString('zh-CN')}</strong>
          <span>{t('size')}</span>
        </li>
        <li className={data.oldestPendingSeconds > data.mmdSeconds ? 'tally tally-overdue' : 'tally'}>
          <strong>{data.pending}</strong>
          <span>{t('pending', { mmd: data.mmdSeconds })}</span>
        </li>
        <li className={data.anchoring === 'UNANCHORED' ? 'tally tally-soon' : 'tally'}>
          <strong>{t(`anchoring.${data.anchoring}`, data.witnesses)}</strong>
          <span>
            {t(`anchoringNote.${data.anchoring}`, {
              size: (data.anchoring === 'TIMESTAMPED' ? data.stamped : data.witnesses)?.size,
            })}
          </span>
        </li>
      </ul>
      <section className="panel">
        <h2>{t('checkpoint')}</h2>
        <p className="explain">{t('checkpointNote')}</p>
        <pre className="checkpoint" tabIndex={0}>
          {data.checkpoint}
        </pre>
        <Typography.Text copyable={copy(data.checkpoint)}>{t('copyCheckpoint')}</Typography.Text>
      </section>
      {data.witnesses.named > 0 && <Witnesses each={data.witnesses.each} />}
      {data.stamped !== undefined && <Stamped stamped={data.stamped} />}
      <section className="panel">
        <h2>{t('key')}</h2>
        <p className="explain">{t('keyNote')}</p>
        <Keys keys={data.keys} />
        <dl className="log-facts">
          <dt>{t('origin')}</dt>
          <dd className="mono">{data.origin}</dd>
          {data.sm2 !== undefined && (
            <>
              <dt>{t('sm2Fingerprint')}</dt>
              <dd>
                <Typography.Text className="mono hash" copyable={copy(data.sm2.fingerprint)}>
                  {data.sm2.fingerprint}
                </Typography.Text>
              </dd>
              <dt>{t('sm2Vkey')}</dt>
              <dd>
                <Typography.Text className="mono hash" copyable={copy(data.sm2.vkey)}>
                  {data.sm2.vkey}
                </Typography.Text>
              </dd>
            </>
          )}
          <dt>{t('root')}</dt>
          <dd className="mono hash">{data.rootHash}</dd>
        </dl>
      </section>
      <HashLookup />
    </div>
  )
}
