import { Button, Progress, Tag, Tooltip, Typography } from 'antd'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { derivativeMedia, derivativeProof, retryDerivative } from '@liuhen/api/routes/derivatives'
import type { DerivativeView } from '@liuhen/api/routes/derivatives'
import { needsReview } from '@liuhen/domain/derivative/state'
import { getRecording } from '@liuhen/api/routes/recordings'
import { urlOf } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { whyOf } from '../document/why-of.ts'
import { paths } from '../paths.ts'
import { sizeOf } from '../recording/size.ts'
import { chinaMinute, clockOf } from '../time/china.ts'
import { CopyDialogs } from './CopyDialogs.tsx'
import type { CopyAct } from './CopyDialogs.tsx'

type Props = Readonly<{ copy: DerivativeView }>

const COLOURS: Readonly<Partial<Record<DerivativeView['status'], string>>> = {
  making: 'processing',
  failed: 'error',
  made: 'default',
  approved: 'success',
  returned: 'warning',
}

export function CopyLine({ copy }: Props) {
  const { t } = useTranslation('copies')
  const { status, spec } = copy
  const waits = status === 'made' && needsReview(copy)
  return (
    <li>
      <p className="copy-head">
        <strong>{copy.number}</strong>
        <Tag>{t(`kind.${spec.kind}`)}</Tag>
        <Tag {...(COLOURS[status] === undefined ? {} : { color: waits ? 'warning' : COLOURS[status] })}>
          {t(waits ? 'waitsReview' : `status.${status}`)}
        </Tag>
        <span className="faint">{t('notOriginal')}</span>
      </p>
      <p>
        {t('requested', { name: copy.requested.by, at: chinaMinute(copy.requested.at), reason: copy.reason })}
      </p>
      <p className="faint">
        {t(`purposes.${copy.purpose}`)}
        {copy.recipient !== undefined && ` · ${t('for', { name: copy.recipient })}`} · <Asked copy={copy} />
      </p>
      {status === 'making' && (
        <Progress
          size="small"
          percent={Math.round((copy.share ?? 0) * 100)}
          aria-label={t('status.making')}
        />
      )}
      {copy.failed && (
        <p className="field-problem">
          {t('failedWhy', { why: copy.failed.why })} <span className="mono">{copy.failed.detail}</span>
        </p>
      )}
      <Made copy={copy} />
      <History copy={copy} />
      <Acts copy={copy} />
    </li>
  )
}

function Asked({ copy: { spec } }: Props) {
  const { t } = useTranslation('copies')
  const { range } = spec
  return (
    <>
      {range === undefined
        ? t('askedWhole')
        : t('asked', { from: clockOf(range.from), to: clockOf(range.to) })}
      {spec.kind === 'redaction' &&
        ` · ${t(`style.${spec.style}`)} · ${t('areas', { count: spec.areas.length })} · ${t('mutes', { n: spec.mutes.length })}`}
    </>
  )
}

function Made({ copy: { made } }: Props) {
  const { t } = useTranslation('copies')
  const { t: w } = useTranslation('words')
  if (made === undefined) return null
  return (
    <>
      <p>
        {t('covers', {
          from: clockOf(made.covers.from),
          to: clockOf(made.covers.to),
          n: Math.round(made.durationSeconds * 10) / 10,
          size: sizeOf(made.sizeBytes),
        })}
        {made.samples !== undefined && ` · ${t('provable', { n: made.samples })}`}
      </p>
      {made.unproven !== undefined && <p className="faint">{made.unproven}</p>}
      <p>
        <span className="faint">SHA-256 </span>
        <Typography.Text
          className="mono hash"
          copyable={{ text: made.sha256, tooltips: [w('copy'), w('copied')] }}
        >
          {made.sha256}
        </Typography.Text>
      </p>
      <details>
        <summary className="faint">{t('how')}</summary>
        <p className="mono copy-how">
          {made.tool} {made.arguments}
        </p>
      </details>
    </>
  )
}

function History({ copy: { reviewed, releases, withdrawn, destroyed } }: Props) {
  const { t } = useTranslation('copies')
  return (
    <>
      {reviewed && (
        <p>
          {t(reviewed.approved ? 'reviewedYes' : 'reviewedNo', {
            name: reviewed.by,
            at: chinaMinute(reviewed.at),
            n: Math.floor(reviewed.watchedSeconds),
            words: reviewed.words,
          })}
        </p>
      )}
      {releases.map((r) => (
        <p key={`${r.at}${r.recipient}`}>
          {t('released', { by: r.by, at: chinaMinute(r.at), to: r.recipient, reason: r.reason })}
          {r.chunks === true && t('releasedChunks')}
        </p>
      ))}
      {withdrawn && (
        <p>
          {t('withdrawnBy', { name: withdrawn.by, at: chinaMinute(withdrawn.at), reason: withdrawn.reason })}
        </p>
      )}
      {destroyed && <p>{t('destroyedBy', { number: destroyed.number, at: chinaMinute(destroyed.at) })}</p>}
    </>
  )
}

function Acts({ copy }: Props) {
  const { t } = useTranslation('copies')
  const { t: w } = useTranslation('words')
  const [act, setAct] = useState<CopyAct>()
  const retry = useCommand(retryDerivative, { done: t('retried') })
  const params = { id: copy.id }
  const { made, can } = copy
  const gone = made === undefined || copy.destroyed !== undefined
  const whyNot = (permission: DerivativeView['can']['release']) =>
    whyOf(permission, (reason) => w('whyNot', reason))
  const release = whyNot(can.release)
  const take = release ?? (copy.releases.length === 0 ? t('releaseFirst') : undefined)
  return (
    <div className="button-row">
      {!gone && (
        <Button
          size="small"
          type={can.review === true ? 'primary' : 'default'}
          onClick={() => setAct('watch')}
        >
          {t(can.review === true ? 'review' : 'watch')}
        </Button>
      )}
      {copy.status === 'failed' && (
        <Tooltip title={whyNot(can.retry)}>
          <Button
            size="small"
            disabled={can.retry !== true}
            loading={retry.isPending}
            onClick={() => retry.mutate({ params, body: {} })}
          >
            {t('retry')}
          </Button>
        </Tooltip>
      )}
      {!gone && copy.status !== 'withdrawn' && (
        <>
          <Tooltip title={release}>
            <Button size="small" disabled={release !== undefined} onClick={() => setAct('release')}>
              {t('release')}
            </Button>
          </Tooltip>
          <Takes copy={copy} why={take} />
          <Tooltip title={whyNot(can.withdraw)}>
            <Button size="small" danger disabled={can.withdraw !== true} onClick={() => setAct('withdraw')}>
              {t('withdraw')}
            </Button>
          </Tooltip>
        </>
      )}
      {!gone && take !== undefined && <WhyNotOut copy={copy} why={take} />}
      {act && <CopyDialogs act={act} copy={copy} onClose={() => setAct(undefined)} />}
    </div>
  )
}

/** What leaves with the release: the copy, the proof that it is of the original, and the chunks that this rests on. */
function Takes({ copy, why }: Props & Readonly<{ why: string | undefined }>) {
  const { t } = useTranslation('copies')
  const params = { id: copy.id }
  return (
    <>
      <Take href={urlOf(derivativeMedia, { params, query: { copy: 'true' } })} why={why}>
        {t('download')}
      </Take>
      {copy.made?.samples !== undefined && (
        <>
          <Take href={urlOf(derivativeProof, { params })} why={why}>
            {t('proof')}
          </Take>
          {copy.releases.at(-1)?.chunks === true && (
            <Take
              href={urlOf(derivativeProof, { params, query: { chunks: 'included' } })}
              why={why}
              hint={t('proofNote')}
            >
              {t('proofWithChunks')}
            </Take>
          )}
        </>
      )}
    </>
  )
}

/** In words, for those who cannot hover; and where the entry is made that lets it out. */
function WhyNotOut({ copy, why }: Props & Readonly<{ why: string }>) {
  const { t } = useTranslation('copies')
  const recording = useRoute(getRecording, { params: { id: copy.recordingId } })
  const caseId = recording.data?.link?.caseId
  return (
    <p className="explain copy-why">
      {why}{' '}
      {caseId !== undefined && (
        <Link {...paths.caseFile(caseId, { tab: 'step', step: 'lending' })}>{t('toEntries')}</Link>
      )}
    </p>
  )
}

type TakeProps = Readonly<{ href: string; why: string | undefined; hint?: string; children: string }>

/** What may leave: a link, or a button that says why not. */
function Take({ href, why, hint, children }: TakeProps) {
  return (
    <Tooltip title={why ?? hint}>
      <Button size="small" disabled={why !== undefined} {...(why === undefined ? { href } : {})}>
        {children}
      </Button>
    </Tooltip>
  )
}
