import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { serveDocument } from '@liuhen/api/routes/service'
import { serviceWay } from '@liuhen/domain/case/words'
import { begunBy } from '@liuhen/domain/document/service-outlook'
import { useCommand } from '../api/use-command.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { NoteDialog } from '../step/NoteDialog.tsx'
import { chinaMinute } from '../time/china.ts'
import { OnItsWay } from './OnItsWay.tsx'
import { receivedBy, type Received, serviceOf } from './received.ts'
import { ServeDialog } from './ServeDialog.tsx'
import { ServiceList } from './ServiceList.tsx'
import { ServiceTerms } from './ServiceTerms.tsx'
import { whyOf } from './why-of.ts'

type Note = CaseWorkspace['notes'][number]
type Props = Readonly<{ file: CaseWorkspace; document: DocumentView }>
/** What stands in front of the page: the registration of a service, or of something that belongs to it. */
type Open = 'serve' | Note | undefined

/** Whether and how a paper reached the party. */
export function ServicePanel({ file, document }: Props) {
  const { t } = useTranslation('document')
  const definition = useDefinitions().get(document.type)
  const [open, setOpen] = useState<Open>()
  // A correction's service begins the periods of the paper whose place it took.
  const { id = document.id } = document.corrects?.effectAt === undefined ? {} : document.corrects
  const terms = begunBy(file.evaluation, id)
  const isFirst = document.served.length === 0
  if (definition?.served !== true && isFirst && document.retracted.length === 0) return null
  const received = definition && receivedBy(document, definition)
  return (
    <section className="panel">
      <h2>{t('service')}</h2>
      {isFirst && !received && document.sent === undefined && document.unserved.length === 0 && (
        <p className="faint">{t('notServed')}</p>
      )}
      <OnItsWay file={file} document={document} onNote={setOpen} />
      <ServiceList file={file} document={document} />
      {document.unserved.length > 0 && (
        <p className="unserved">{t('unserved', { names: document.unserved.join(t('namesBetween')) })}</p>
      )}
      <ServiceTerms title={t('serving.running')} terms={terms} />
      {document.corrects?.effectAt !== undefined && terms.length > 0 && (
        <p className="faint">{t('serving.anew')}</p>
      )}
      {received && document.can.serve && isFirst && (
        <AsReceived file={file} document={document} received={received} />
      )}
      <ServeButton document={document} received={received !== undefined} onOpen={() => setOpen('serve')} />
      <PaperWanted file={file} document={document} onNote={setOpen} />
      {open === 'serve' && (
        <ServeDialog file={file} document={document} onNote={setOpen} onClose={() => setOpen(undefined)} />
      )}
      {open !== undefined && open !== 'serve' && (
        <NoteDialog
          file={file}
          step={file.evaluation.steps.find((s) => s.id === document.step)}
          note={open}
          about={document.id}
          onClose={() => setOpen(undefined)}
        />
      )}
    </section>
  )
}

type ServeButtonProps = Pick<Props, 'document'> & Readonly<{ received: boolean; onOpen: () => void }>

/** Never grey without its reason beside it. */
function ServeButton({ document, received, onOpen }: ServeButtonProps) {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('words')
  const { serve } = document.can
  const isFirst = document.served.length === 0
  if (!serve && (!isFirst || document.state === 'voided')) return null
  const isWanted = isFirst || document.unserved.length > 0
  const isMain = serve && isWanted && !received
  const why = serve ? undefined : whyOf(document.why.serve, (r) => w('whyNot', r))
  return (
    <>
      <Button type={isMain ? 'primary' : 'default'} ghost={isMain} disabled={!serve} onClick={onOpen}>
        {t(isWanted ? (received ? 'serveOtherwise' : 'serve') : 'serveAgain')}
      </Button>
      {why !== undefined && <p className="faint">{why}</p>}
    </>
  )
}

/** Who received a file may want the paper: told beside the service, with the place where the wish is registered. */
function PaperWanted({ file, document, onNote }: Props & Readonly<{ onNote: (note: Note) => void }>) {
  const { t } = useTranslation('document')
  const note = file.notes.find((n) => n.means === 'paper-wanted')
  const isElectronic = document.served.some(({ mode }) => serviceWay(mode)?.kind === 'electronic')
  if (note === undefined || note.can !== true || !isElectronic) return null
  return (
    <p className="paper-wanted">
      {t('paperWanted')}{' '}
      <Button size="small" onClick={() => onNote(note)}>
        {t('paperWantedGo')}
      </Button>
    </p>
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
