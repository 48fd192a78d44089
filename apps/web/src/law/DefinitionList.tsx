import { useTranslation } from 'react-i18next'
import { listDocumentDefinitions } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'

/** Documents that the system can make: which volume, which fields, who signs. */
export function DefinitionList() {
  const { t } = useTranslation('law')
  const { t: w } = useTranslation('words')
  const definitions = useRoute(listDocumentDefinitions, {})
  if (definitions.isPending) return <Waiting rows={8} />
  if (definitions.error)
    return <ProblemView error={definitions.error} onRetry={() => void definitions.refetch()} />
  return (
    <div className="panel scroll-x" tabIndex={0} role="group" aria-label={t('tab.documents')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('doc.name')}</th>
            <th scope="col">{t('doc.audience')}</th>
            <th scope="col">{t('doc.word')}</th>
            <th scope="col">{t('doc.fields')}</th>
            <th scope="col">{t('doc.signatures')}</th>
            <th scope="col">{t('doc.served')}</th>
          </tr>
        </thead>
        <tbody>
          {definitions.data.items.map((d) => (
            <tr key={d.id}>
              <td>{d.name}</td>
              <td>{t(`doc.${d.audience}`)}</td>
              <td>{d.numbering?.word}</td>
              <td>{d.sections.flatMap((s) => s.fields).length}</td>
              <td>{d.signatures.map((s) => s.label).join(w('comma'))}</td>
              <td>{d.served ? t('doc.yes') : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
