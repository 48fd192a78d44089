import { useTranslation } from 'react-i18next'
import type { DocumentView } from '@liuhen/api/schema/document-view'

type Changes = NonNullable<DocumentView['changes']>

/** In what two versions of a paper differ: old beside new, place by place. */
export function ChangesTable({ changes }: Readonly<{ changes: Changes }>) {
  const { t } = useTranslation('document')
  if (changes.length === 0) return <p className="faint">{t('correct.none')}</p>
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label={t('correct.changes')}>
      <table className="plain-table changes">
        <thead>
          <tr>
            {(['part', 'original', 'amended'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`correct.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.part}>
              <th scope="row">{change.part}</th>
              <td className="pre-line">
                <del>{change.original}</del>
              </td>
              <td className="pre-line">
                <ins>{change.amended}</ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
