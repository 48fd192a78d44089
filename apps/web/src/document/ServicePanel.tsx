import { useState } from 'react'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { SERVICE_MODES } from '@liuhen/domain/case/words'
import { begunBy } from '@liuhen/domain/document/service-outlook'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { chinaMinute } from '../time/china.ts'
import { ServeDialog } from './ServeDialog.tsx'
import { ServiceTerms } from './ServiceTerms.tsx'
import { whyOf } from './why-of.ts'

/** Whether and how a paper reached the party. */
export function ServicePanel({ file, document }: Readonly<{ file: CaseWorkspace; document: DocumentView }>) {
  const { t } = useTranslation('document')
  const definition = useDefinitions().get(document.type)
  const { t: w } = useTranslation('words')
  const [open, setOpen] = useState(false)
  if (definition?.served !== true && document.served.length === 0) return null
  const modeName = (mode: string): string => {
    const known = SERVICE_MODES.find((m) => m === mode)
    return known ? t(`mode.${known}`) : mode
  }
  return (
    <section className="panel">
      <h2>{t('service')}</h2>
      {document.served.length === 0 && <p className="faint">{t('notServed')}</p>}
      <ul className="slots">
        {document.served.map((served) => (
          <li key={served.at + served.mode}>
            <strong>{modeName(served.mode)}</strong>
            <p className="faint">
              {chinaMinute(served.at)} {served.recipient}
            </p>
          </li>
        ))}
      </ul>
      <ServiceTerms title={t('serving.running')} terms={begunBy(file.evaluation, document.id)} />
      {(document.can.serve || (document.served.length === 0 && document.state !== 'voided')) && (
        <Tooltip title={document.can.serve ? undefined : whyOf(document.why.serve, (r) => w('whyNot', r))}>
          <Button
            type={document.served.length === 0 ? 'primary' : 'default'}
            ghost={document.can.serve && document.served.length === 0}
            disabled={!document.can.serve}
            onClick={() => setOpen(true)}
          >
            {t(document.served.length === 0 ? 'serve' : 'serveAgain')}
          </Button>
        </Tooltip>
      )}
      {open && <ServeDialog file={file} document={document} onClose={() => setOpen(false)} />}
    </section>
  )
}
