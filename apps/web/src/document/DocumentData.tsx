import { useTranslation } from 'react-i18next'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { isAsked } from '@liuhen/domain/document/form-data'
import { isFilled } from '../form/field-value.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { awaitsPdf } from './progress.ts'
import { FieldValue } from './FieldValue.tsx'

type Field = DocumentDefinition['sections'][number]['fields'][number]

/** What a paper says, as fields: while no PDF is archived yet, and beside it for an approver. */
export function DocumentData({
  document,
  plain = false,
}: Readonly<{ document: DocumentView; plain?: boolean }>) {
  const { t } = useTranslation('document')
  const definition = useDefinitions().get(document.type)
  const shown = (field: Field): boolean => isAsked(field, document.data) && isFilled(document.data[field.id])
  return (
    <div className="document-data">
      {!plain && (
        <p className="explain">
          {t(document.state === 'voided' ? 'voidedNoPdf' : awaitsPdf(document) ? 'pdfComing' : 'noPdfYet')}
        </p>
      )}
      {definition?.sections.map((section) => {
        const fields = section.fields.filter(shown)
        if (fields.length === 0) return null
        return (
          <section key={section.title} className="panel">
            <h2>{section.title}</h2>
            <dl className="data-list">
              {fields.map((field) => (
                <div
                  key={field.id}
                  data-wide={['longtext', 'rows', 'dialogue', 'articles'].includes(field.kind)}
                >
                  <dt>{field.label}</dt>
                  <dd>
                    <FieldValue field={field} value={document.data[field.id]} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )
      })}
    </div>
  )
}
