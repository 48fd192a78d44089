import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { recordingChain } from '@liuhen/api/routes/recordings'
import type { RecordingView } from '@liuhen/api/routes/recordings'
import { urlOf } from '../api/client.ts'

const tone = (verdict: string): string =>
  verdict === 'ok'
    ? 'success'
    : verdict === 'ingest-hash-only'
      ? 'default'
      : verdict === 'unlike'
        ? 'warning'
        : 'error'

/** What the device signed while it recorded, and how that stands to the bytes that came. */
export function ChainSaid({ view }: Readonly<{ view: Pick<RecordingView, 'id' | 'chain'> }>) {
  const { t } = useTranslation('field')
  const { chain, id } = view
  if (chain === undefined) return <span className="faint">{t('chain.none')}</span>
  const { check } = chain
  const file = (
    <a href={urlOf(recordingChain, { params: { id } })} download>
      {t('chain.file')}
    </a>
  )
  if (check === undefined)
    return (
      <span className="faint">
        {t('chain.waiting')} {file}
      </span>
    )
  return (
    <>
      <Tag color={tone(check.verdict)}>{t(`verdict.${check.verdict}`)}</Tag>
      <span className="faint">{t('chain.count', { segments: check.segments, records: check.records })}</span>{' '}
      {file}
      {check.verdict === 'ingest-hash-only' && <p className="faint">{t(`chain.key.${check.keyStatus}`)}</p>}
      {check.findings.map((f) => (
        <p key={`${f.fault} ${f.of} ${f.from}`} className="field-problem">
          {t(`finding.${f.fault}`, { from: f.from, to: f.to, what: t(`finding.${f.of}`) })}
        </p>
      ))}
      {chain.alsoUnder.length > 0 && (
        <p className="field-problem">
          {t('chain.alsoUnder', {
            names: new Intl.ListFormat('zh-CN').format(
              chain.alsoUnder.map((other) => other.fileName ?? t('chain.alsoHidden')),
            ),
          })}
        </p>
      )}
      {check.closed && check.closed.why !== 'finished' && (
        <p className="faint">{t(`chain.closed.${check.closed.why}`)}</p>
      )}
    </>
  )
}
