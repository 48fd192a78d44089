import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'

/** Where the file lies, how long it is kept, and why so long. */
export function ArchiveCard({ file }: Readonly<{ file: CaseWorkspace }>) {
  const { t } = useTranslation('file')
  return (
    <section className="panel">
      <h2>{t('archiveCard')}</h2>
      {file.archive ? (
        <dl className="facts">
          <dt>{t('archiveNo')}</dt>
          <dd className="mono">{file.archive.archiveNo}</dd>
          <dt>{t('keptUntil')}</dt>
          <dd>{file.archive.keptUntil ?? t('keptForever')}</dd>
          <dt>{t('keptWhy')}</dt>
          <dd>{file.archive.why}</dd>
        </dl>
      ) : (
        <p className="faint">{t('notArchived')}</p>
      )}
    </section>
  )
}
