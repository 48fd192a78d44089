import { useState } from 'react'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { serveDocument } from '@liuhen/api/routes/service'
import { SERVICE_MODES } from '@liuhen/domain/case/words'
import { begunBy } from '@liuhen/domain/document/service-outlook'
import { useCommand } from '../api/use-command.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { chinaMinute } from '../time/china.ts'
import { receivedBy, type Received, serviceOf } from './received.ts'
import { ServeDialog } from './ServeDialog.tsx'
import { ServiceTerms } from './ServiceTerms.tsx'
import { whyOf } from './why-of.ts'

type Props = Readonly<{ file: CaseWorkspace; document: DocumentView }>

/** Whether and how a paper reached the party. */
export function ServicePanel({ file, document }: Props) {
  const { t } = useTranslation('document')
  const definition = useDefinitions().get(document.type)
  const { t: w } = useTranslation('words')
  const [open, setOpen] = useState(false)
  // A correction's service begins the periods of the paper whose place it took.
  const { id = document.id } = document.corrects?.effectAt === undefined ? {} : document.corrects
  const terms = begunBy(file.evaluation, id)
  if (definition?.served !== true && document.served.length === 0) return null
  const received = definition && receivedBy(document, definition)
  const isFirst = document.served.length === 0
  const modeName = (mode: string): string => {
    const known = SERVICE_MODES.find((m) => m === mode)
    return known ? t(`mode.${known}`) : mode
  }
  return (
    <section className="panel">
      <h2>{t('service')}</h2>
      {isFirst && !received && <p className="faint">{t('notServed')}</p>}
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
      <ServiceTerms title={t('serving.running')} terms={terms} />
      {document.corrects?.effectAt !== undefined && terms.length > 0 && (
        <p className="faint">{t('serving.anew')}</p>
      )}
      {received && document.can.serve && document.served.length === 0 && (
        <AsReceived file={file} document={document} received={received} />
      )}
      {(document.can.serve || (document.served.length === 0 && document.state !== 'voided')) && (
        <Tooltip title={document.can.serve ? undefined : whyOf(document.why.serve, (r) => w('whyNot', r))}>
          <Button
            type={isFirst && !received ? 'primary' : 'default'}
            ghost={document.can.serve && isFirst && !received}
            disabled={!document.can.serve}
            onClick={() => setOpen(true)}
          >
            {t(isFirst ? (received ? 'serveOtherwise' : 'serve') : 'serveAgain')}
          </Button>
        </Tooltip>
      )}
      {open && <ServeDialog file={file} document={document} onClose={() => setOpen(false)} />}
    </section>
  )
}

/** Whoever signed for the paper on the paper is not asked again: one press tells the delivery. */
function AsReceived({ file, document, received }: Props & Readonly<{ received: Received }>) {
  const { t } = useTranslation('document')
  const serve = useCommand(serveDocument, { done: t('serveDone') })
  return (
    <>
      <p>{t('receivedBy', { name: received.name, at: chinaMinute(received.at) })}</p>
      {serve.error && <ProblemView error={serve.error} route={serveDocument} compact />}
      <Button
        type="primary"
        loading={serve.isPending}
        onClick={() =>
          serve.mutate({
            params: { id: file.id, documentId: document.id },
            body: serviceOf(received, file),
          })
        }
      >
        {t('serveAsReceived')}
      </Button>{' '}
    </>
  )
}
