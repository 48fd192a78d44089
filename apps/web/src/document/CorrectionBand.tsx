import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { Reasons } from '../law-text/Reasons.tsx'
import { paths } from '../paths.ts'
import { chinaMinute } from '../time/china.ts'
import { ChangesTable } from './ChangesTable.tsx'

type Props = Readonly<{ file: CaseWorkspace; document: DocumentView }>

/** On the earlier paper: what took its place. On the correction: what it takes the place of, and since when. */
export function CorrectionBand({ file, document }: Props) {
  const { t } = useTranslation('document')
  const { corrects, corrected, changes } = document
  if (corrects === undefined && corrected === undefined) return null
  const other = corrected?.by ?? corrects?.id ?? ''
  const approvalId = (corrected ?? corrects)?.approvalId
  return (
    <>
      <Alert
        type={corrected || corrects?.effectAt === undefined ? 'warning' : 'info'}
        showIcon
        title={titleOf(document, t)}
        description={
          <>
            {corrects && corrects.wanted.length > 0 && (
              <>
                <p>{t('correct.wanted')}</p>
                <Reasons reasons={corrects.wanted} />
              </>
            )}
            <p className="correction-links">
              <Link {...paths.document(file.id, other)}>
                {t(corrected ? 'correct.see' : 'correct.seeOriginal')}
              </Link>
              {approvalId !== undefined && (
                <Link {...paths.document(file.id, approvalId)}>{t('correct.seeApproval')}</Link>
              )}
            </p>
          </>
        }
      />
      <section className="panel">
        <h2>{t('correct.changes')}</h2>
        <ChangesTable changes={changes ?? []} />
      </section>
    </>
  )
}

type Told = Pick<DocumentView, 'corrects' | 'corrected'>

const titleOf = (
  { corrects, corrected }: Told,
  t: ReturnType<typeof useTranslation<'document'>>['t'],
): string => {
  if (corrected) return t('correct.corrected', { at: chinaMinute(corrected.at) })
  const day = corrects?.issuedOn ?? ''
  return corrects?.effectAt === undefined
    ? t('correct.pending', { day })
    : t('correct.isCorrection', { day, at: chinaMinute(corrects.effectAt) })
}
