import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { volumeOf } from '../document/progress.ts'
import { DocumentState } from '../document/DocumentState.tsx'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { paths } from '../paths.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'

/** Every document of the case by volume, with how far each has come. */
export function DocumentsTab({ file }: Readonly<{ file: CaseWorkspace }>) {
  const { t } = useTranslation('case')
  const now = useNow()
  const definitions = useDefinitions()
  const stepName = new Map(file.evaluation.steps.map((s) => [s.id, s.name]))
  if (file.documents.length === 0)
    return <Nothing title={t('documents.none')} hint={t('documents.noneHint')} />
  return (
    <>
      {(['main', 'sub'] as const).map((audience) => {
        const documents = file.documents.filter((d) => volumeOf(d, definitions.get(d.type)) === audience)
        if (documents.length === 0) return null
        return (
          <section key={audience} className="panel">
            <h2>
              {t(`documents.${audience}`)} <span className="count">{documents.length}</span>
            </h2>
            <ul className="document-list">
              {documents.map((document) => (
                <li key={document.id}>
                  <div>
                    <Link {...paths.document(file.id, document.id)}>{document.name}</Link>
                    <p className="faint">
                      {[
                        document.number,
                        stepName.get(document.step),
                        document.submittedBy,
                        chinaShort(document.submittedAt, now),
                      ]
                        .filter((part) => part !== undefined)
                        .join(' · ')}
                    </p>
                  </div>
                  <DocumentState document={document} />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}
