import { Link } from '@tanstack/react-router'
import words from 'virtual:law-words'
import { useTranslation } from 'react-i18next'
import { nameOf } from '../document/about.ts'
import { DocumentState } from '../document/DocumentState.tsx'
import { volumeOf } from '../document/progress.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { paths } from '../paths.ts'
import { useCan } from '../session/use-can.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { MakeButton } from './MakeButton.tsx'
import type { StepProps } from './StepPanel.tsx'

/** The papers of a step: which must be made, which are made and how far each has come. */
export function StepDocuments({ file, step }: StepProps) {
  const { t } = useTranslation('case')
  const definitions = useDefinitions()
  const can = useCan(file)
  if (step.documents.length === 0) return null
  if (definitions.size === 0) return <Waiting rows={step.documents.length} />
  const open = step.status === 'begun' || step.status === 'done'
  const early = open ? undefined : t(step.status === 'possible' ? 'step.beginFirst' : 'step.notYet')
  return (
    <section className="panel">
      <h3>{t('step.documents')}</h3>
      <ul className="need-list">
        {step.documents.map((need) => {
          const made = file.documents.filter((d) => d.type === need.type && d.step === step.id)
          const definition = definitions.get(need.type)
          const valid = made.filter((d) => d.state !== 'voided' && d.earlier !== true)
          const more = valid.length === 0 || definition?.repeatable === true
          const name = definition?.name ?? need.type
          return (
            <li key={need.type} className="need" data-done={need.done}>
              <div className="need-line">
                <span className="need-name">
                  {name}
                  {need.required && <span className="must">{t('step.must')}</span>}
                </span>
                {more && words.filePapers.includes(need.type) && (
                  <Link {...paths.caseFile(file.id, { tab: 'file' })}>{t('step.madeWithFile')}</Link>
                )}
                {more && !words.filePapers.includes(need.type) && (
                  <MakeButton
                    file={file}
                    step={step}
                    type={need.type}
                    name={name}
                    urgent={need.required && !need.done}
                    another={valid.length > 0}
                    why={can.paper(definition) ?? can.step(step) ?? early}
                  />
                )}
              </div>
              {made.map((document) => (
                <div key={document.id} className="made">
                  <span className="made-name">
                    <Link {...paths.document(file.id, document.id)}>{document.number ?? name}</Link>
                    {/* Each volume has its own; nothing else tells the two apart. */}
                    {definition?.volumeField !== undefined && (
                      <span className="faint">{t(`documents.${volumeOf(document, definition)}`)}</span>
                    )}
                    {document.about !== undefined && (
                      <span className="faint">
                        {t('step.aboutIt', { name: nameOf(file, document.about) ?? '' })}
                      </span>
                    )}
                  </span>
                  <DocumentState document={document} />
                </div>
              ))}
            </li>
          )
        })}
        {file.documents
          .filter((d) => d.corrects !== undefined && d.step === step.id)
          .map((document) => (
            <li key={document.id} className="need" data-done={document.corrects?.effectAt !== undefined}>
              <div className="made">
                <span className="made-name">
                  <Link {...paths.document(file.id, document.id)}>
                    {t('step.correctionOf', { name: document.name })}
                  </Link>
                  {document.number !== undefined && <span className="faint">{document.number}</span>}
                </span>
                <DocumentState document={document} />
              </div>
            </li>
          ))}
      </ul>
    </section>
  )
}
