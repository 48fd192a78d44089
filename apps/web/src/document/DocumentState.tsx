import { useTranslation } from 'react-i18next'
import type { DocumentView } from '@liuhen/api/routes/cases'

/** How far a paper has come, in one chip, and whose turn it is. */
export function DocumentState({ document }: Readonly<{ document: DocumentView }>) {
  const { t } = useTranslation('document')
  const next = document.approvals.find((a) => a.state === 'next')
  const unsigned = document.signatures.some((s) => s.got.length < s.need)
  const wait =
    document.state === 'submitted' && next
      ? t('waitsFor', { rank: next.rankName })
      : document.state !== 'returned' && !next && unsigned
        ? t('waitsForSignature')
        : undefined
  return (
    <span className="document-state">
      <span className={`doc-chip doc-chip-${document.state}`}>{t(`state.${document.state}`)}</span>
      {wait !== undefined && <span className="faint">{wait}</span>}
    </span>
  )
}
