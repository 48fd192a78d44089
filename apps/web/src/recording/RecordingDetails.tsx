import { Alert, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { getRecording } from '@liuhen/api/routes/recordings'
import type { RecordingView } from '@liuhen/api/routes/recordings'
import { PlaybackCard } from '../playback/PlaybackCard.tsx'
import { ViewingsCard } from '../playback/ViewingsCard.tsx'
import { CopiesCard } from '../copies/CopiesCard.tsx'
import { useRoute } from '../api/use-route.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaDay, chinaMinute, chinaSecond } from '../time/china.ts'
import { CheckSaid, SequenceSaid } from './CheckSaid.tsx'
import { ChainSaid } from './ChainSaid.tsx'
import { LabelCard } from './LabelCard.tsx'
import { LegibilityCard } from './LegibilityCard.tsx'
import { sizeOf } from './size.ts'

/** What is known of a recording: device, times, bytes, what the check found, whether a face and a title can be read. */
export function RecordingDetails({ id }: Readonly<{ id: string }>) {
  const { t } = useTranslation('recording')
  const recording = useRoute(getRecording, { params: { id } })
  if (recording.isPending) return <Waiting rows={4} />
  if (recording.error)
    return (
      <ProblemView error={recording.error} route={getRecording} onRetry={() => void recording.refetch()} />
    )
  const view = recording.data
  return (
    <>
      {view.destroyed && (
        <Alert
          type="info"
          showIcon
          title={t('destroyed', { number: view.destroyed.number, at: chinaMinute(view.destroyed.at) })}
        />
      )}
      {view.rejectedTransfers > 0 && (
        <Alert type="error" showIcon title={t('rejected', { n: view.rejectedTransfers })} />
      )}
      {view.conflicts.length > 0 && (
        <Alert type="warning" showIcon title={t('conflicts', { n: view.conflicts.length })} />
      )}
      <LabelCard key={view.labels?.at} recording={view} />
      <PlaybackCard recording={view} />
      <CopiesCard id={view.id} />
      <LegibilityCard recording={view} />
      <section className="panel">
        <h2>{t('about')}</h2>
        <Facts view={view} />
      </section>
      <ViewingsCard id={view.id} />
    </>
  )
}

function Facts({ view }: Readonly<{ view: RecordingView }>) {
  const { t } = useTranslation('recording')
  const { t: w } = useTranslation('words')
  const { manifest, stored, check } = view
  return (
    <dl className="facts">
      <dt>{t('fact.file')}</dt>
      <dd>{manifest.fileName}</dd>
      <dt>{t('fact.made')}</dt>
      <dd>
        {chinaDay(manifest.madeFrom)} {chinaSecond(manifest.madeFrom)} – {chinaSecond(manifest.madeTo)}
      </dd>
      <dt>{t('fact.officer')}</dt>
      <dd>
        {manifest.officer.name} <span className="mono faint">{manifest.officer.certNo}</span>
      </dd>
      <dt>{t('fact.device')}</dt>
      <dd>
        {manifest.device.name ?? manifest.device.id}
        <span className="faint">
          {' '}
          {t(`medium.${manifest.medium}`)}
          {manifest.device.explosionProof === true && ` · ${t('explosionProof')}`}
        </span>
        {manifest.device.clockOffsetMs !== undefined && (
          <span className="faint">
            {' '}
            {t('fact.offset', { s: Math.round(manifest.device.clockOffsetMs / 1000) })}
          </span>
        )}
      </dd>
      <dt>{t('fact.stored')}</dt>
      <dd>
        {stored
          ? t('fact.storedAt', { at: chinaMinute(stored.at), size: sizeOf(stored.sizeBytes) })
          : t('fact.notStored')}
        {stored && <span className="faint"> {t(`checksum.${stored.checksum}`)}</span>}
      </dd>
      <dt>{t('fact.check')}</dt>
      <dd>
        <CheckSaid check={check} />
        <SequenceSaid sequence={view.sequence} />
      </dd>
      <dt>{t('fact.chain')}</dt>
      <dd>
        <ChainSaid view={view} />
      </dd>
      <dt>SHA-256</dt>
      <dd>
        <Typography.Text
          className="mono hash"
          copyable={{ text: manifest.sha256, tooltips: [w('copy'), w('copied')] }}
        >
          {manifest.sha256}
        </Typography.Text>
      </dd>
      {stored?.sm3 !== undefined && (
        <>
          <dt>SM3</dt>
          <dd className="mono hash">{stored.sm3}</dd>
        </>
      )}
      {view.evidence && (
        <>
          <dt>{t('fact.evidence')}</dt>
          <dd>{view.evidence.reason}</dd>
        </>
      )}
    </dl>
  )
}
