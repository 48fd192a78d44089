import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Affected } from '@liuhen/domain/stores/events'
import { paths } from '../paths.ts'

/** The cases, recordings, documents and files of cards that rest on a file, each with its way there. */
export function AffectedLines({
  sha256,
  affected,
}: Readonly<{ sha256: string; affected: Affected | undefined }>) {
  const { t } = useTranslation('stores')
  const { t: w } = useTranslation('words')
  const { cases = [], recordings = [], documents = [], aside = [] } = affected ?? {}
  const join = w('comma')
  return (
    <dl className="log-facts">
      <dt>{t('digest')}</dt>
      <dd className="mono hash">{sha256}</dd>
      {cases.length > 0 && (
        <>
          <dt>{t('cases')}</dt>
          <dd>
            {cases.map((c, i) => (
              <span key={c.caseId}>
                {i > 0 && join}
                <Link {...paths.caseFile(c.caseId)}>{c.caseNo}</Link>
              </span>
            ))}
          </dd>
        </>
      )}
      {recordings.length > 0 && (
        <>
          <dt>{t('recordings')}</dt>
          <dd>{recordings.map((r) => r.fileName).join(join)}</dd>
        </>
      )}
      {documents.length > 0 && (
        <>
          <dt>{t('documents')}</dt>
          <dd>{documents.map((d) => d.number ?? d.type).join(join)}</dd>
        </>
      )}
      {aside.length > 0 && (
        <>
          <dt>{t('aside')}</dt>
          <dd>{aside.map((a) => a.path).join(join)}</dd>
        </>
      )}
      {cases.length + recordings.length + documents.length + aside.length === 0 && (
        <dd className="faint store-nobody">{t('nobody')}</dd>
      )}
    </dl>
  )
}
