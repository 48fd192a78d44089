import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getFile } from '@liuhen/api/routes/case-file'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { useRoute } from '../api/use-route.ts'
import { KeepingCard } from '../keeping/KeepingCard.tsx'
import { paths } from '../paths.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { ArchiveCard } from './ArchiveCard.tsx'
import { BoundFile } from './BoundFile.tsx'
import { DisclosureCard } from './DisclosureCard.tsx'
import { FileActions } from './FileActions.tsx'
import { PackagesCard } from './PackagesCard.tsx'
import './file.css'

/** A recording is kept beside the paper and has no pages. */
const pagesOf = ({ pageFrom, pageTo }: { pageFrom: number; pageTo: number }): string => {
  if (pageFrom === 0) return '—'
  return pageFrom === pageTo ? String(pageFrom) : `${pageFrom}–${pageTo}`
}

/** The case file: its index by volume, its archive card, what is disclosed, what was exported. */
export function FileTab({ file }: Readonly<{ file: CaseWorkspace }>) {
  const { t } = useTranslation('file')
  const index = useRoute(getFile, { params: { id: file.id } })
  return (
    <div className="file-tab">
      <section className="panel">
        <div className="need-line">
          <h2>{t('index')}</h2>
          <FileActions file={file} assembled={index.data?.assembled ?? false} />
        </div>
        {index.isPending && <Waiting rows={4} />}
        {index.error && (
          <ProblemView error={index.error} route={getFile} onRetry={() => void index.refetch()} />
        )}
        {index.data && file.shredded === undefined && <BoundFile caseId={file.id} index={index.data} />}
        {index.data && !index.data.assembled && <p className="explain">{t('notAssembled')}</p>}
        {index.data &&
          (['main', 'sub'] as const).map((audience) => (
            <Volume
              key={audience}
              caseId={file.id}
              audience={audience}
              items={index.data.items.filter((item) => item.audience === audience)}
            />
          ))}
      </section>
      <div className="file-cards">
        <ArchiveCard file={file} />
        <DisclosureCard file={file} />
      </div>
      <KeepingCard file={file} />
      <PackagesCard file={file} />
    </div>
  )
}

type Item = Readonly<{
  no: number
  title: string
  number?: string | undefined
  date?: string | undefined
  pageFrom: number
  pageTo: number
  documentId?: string | undefined
  recordingId?: string | undefined
}>
type VolumeProps = Readonly<{ caseId: string; audience: 'main' | 'sub'; items: readonly Item[] }>

function Volume({ caseId, audience, items }: VolumeProps) {
  const { t } = useTranslation('file')
  if (items.length === 0) return null
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label={t(audience)}>
      <table className="plain-table file-index">
        <caption>
          {t(audience)} <span className="count">{items.length}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('no')}</th>
            <th scope="col">{t('number')}</th>
            <th scope="col">{t('docTitle')}</th>
            <th scope="col">{t('date')}</th>
            <th scope="col">{t('pages')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.no}>
              <td>{item.no}</td>
              <td>{item.number}</td>
              <td>
                <div>
                  {item.documentId !== undefined ? (
                    <Link {...paths.document(caseId, item.documentId)}>{item.title}</Link>
                  ) : item.recordingId !== undefined ? (
                    <Link {...paths.caseFile(caseId, { tab: 'recordings', f: item.recordingId })}>
                      {item.title}
                    </Link>
                  ) : (
                    item.title
                  )}
                </div>
                <p className="file-index-under">{[item.number, item.date].filter(Boolean).join(' · ')}</p>
              </td>
              <td className="mono">{item.date}</td>
              <td className="mono">{pagesOf(item)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
