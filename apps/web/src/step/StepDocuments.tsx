import { FileAddOutlined } from '@ant-design/icons'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { DocumentState } from '../document/DocumentState.tsx'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { paths } from '../paths.ts'
import type { StepProps } from './StepPanel.tsx'

/** The papers of a step: which must be made, which are made and how far each has come. */
export function StepDocuments({ file, step }: StepProps) {
  const { t } = useTranslation('case')
  const navigate = useNavigate()
  const definitions = useDefinitions()
  if (step.documents.length === 0) return null
  const open = step.status === 'begun' || step.status === 'done'
  const closed = open ? undefined : t(step.status === 'possible' ? 'step.beginFirst' : 'step.notYet')
  return (
    <section className="panel">
      <h3>{t('step.documents')}</h3>
      <ul className="need-list">
        {step.documents.map((need) => {
          const made = file.documents.filter((d) => d.type === need.type && d.step === step.id)
          const definition = definitions.get(need.type)
          const more = made.length === 0 || definition?.repeatable === true
          const name = definition?.name ?? need.type
          return (
            <li key={need.type} className="need" data-done={need.done}>
              <div className="need-line">
                <span className="need-name">
                  {name}
                  {need.required && <span className="must">{t('step.must')}</span>}
                </span>
                {more && (
                  <Tooltip title={closed}>
                    <Button
                      icon={<FileAddOutlined />}
                      type={need.required && !need.done ? 'primary' : 'default'}
                      ghost={need.required && !need.done && open}
                      disabled={!open}
                      aria-label={t('step.makeNamed', { name })}
                      onClick={() => void navigate(paths.form(file.id, need.type, { step: step.id }))}
                    >
                      {t(made.length === 0 ? 'step.make' : 'step.makeAnother')}
                    </Button>
                  </Tooltip>
                )}
              </div>
              {made.map((document) => (
                <div key={document.id} className="made">
                  <Link {...paths.document(file.id, document.id)}>{document.number ?? name}</Link>
                  <DocumentState document={document} />
                </div>
              ))}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
