import {
  DownloadOutlined,
  FileTextOutlined,
  FileWordOutlined,
  PrinterOutlined,
  QrcodeOutlined,
} from '@ant-design/icons'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { getCase } from '@liuhen/api/routes/cases'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { documentPdf } from '@liuhen/api/routes/documents'
import { documentDocx, documentLabels, documentOfd } from '@liuhen/api/routes/paper-copies'
import { urlOf } from '../api/client.ts'
import { useRoute } from '../api/use-route.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { paths } from '../paths.ts'
import { PdfView } from '../pdf/PdfView.tsx'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaMinute } from '../time/china.ts'
import { ApprovalChain } from './ApprovalChain.tsx'
import { CorrectButton } from './CorrectButton.tsx'
import { CorrectionBand } from './CorrectionBand.tsx'
import { DocumentData } from './DocumentData.tsx'
import { DocumentState } from './DocumentState.tsx'
import { awaitsPdf, volumeOf } from './progress.ts'
import { Rendering } from './Rendering.tsx'
import { ResubmitLink } from './ResubmitLink.tsx'
import { SealPanel } from './SealPanel.tsx'
import { ServicePanel } from './ServicePanel.tsx'
import { SignaturePanel } from './SignaturePanel.tsx'
import { VersionsLink } from './VersionsLink.tsx'
import { VoidButton } from './VoidButton.tsx'
import './document.css'

/** While the archival PDF is being made, and while somebody else may be signing. */
const LOOK_MS = 2_000
const AWAIT_MS = 15_000

const every = (document: DocumentView | undefined): number | false => {
  if (document === undefined) return false
  if (awaitsPdf(document)) return LOOK_MS
  return document.pdf === undefined && document.state !== 'voided' ? AWAIT_MS : false
}

export function DocumentPage() {
  const { t } = useTranslation('document')
  const { id, documentId } = useParams({ from: '/shell/cases/$id/documents/$documentId' })
  const file = useRoute(getCase, { params: { id } })
  const document = file.data?.documents.find((d) => d.id === documentId)
  // The same question again, but asked anew until the PDF is there.
  useRoute(getCase, { params: { id } }, { every: every(document) })
  if (file.isPending) return <Waiting whole rows={10} />
  if (file.error || !document)
    return (
      <div className="page">
        {file.error ? (
          <ProblemView error={file.error} route={getCase} onRetry={() => void file.refetch()} />
        ) : (
          <Nothing title={t('notFound')} hint={t('notFoundHint')} />
        )}
      </div>
    )
  return <Paper file={file.data} document={document} />
}

type Props = Readonly<{ file: CaseWorkspace; document: DocumentView }>

function Paper({ file, document }: Props) {
  const { t } = useTranslation('document')
  const definition = useDefinitions().get(document.type)
  const pdf = urlOf(documentPdf, { params: { id: file.id, documentId: document.id } })
  return (
    <div className="page document-page">
      <PageHead
        title={document.name}
        note={
          <span className="form-note">
            <Link {...paths.caseFile(file.id, { tab: 'step', step: document.step })}>{file.title}</Link>
            {document.number !== undefined && <span className="mono">{document.number}</span>}
            <span className="faint">{t('version', { n: document.version })}</span>
            <span className="faint">{t(`audience.${volumeOf(document, definition)}`)}</span>
            <DocumentState document={document} />
          </span>
        }
        actions={
          <>
            <VersionsLink file={file} document={document} />
            <CorrectButton file={file} document={document} />
            <VoidButton file={file} document={document} />
            <ResubmitLink file={file} document={document} />
          </>
        }
      />
      {document.voided && (
        <Alert
          type="warning"
          showIcon
          title={t('void.told', { by: document.voided.by, at: chinaMinute(document.voided.at) })}
          description={
            <>
              <p>{document.voided.reason}</p>
              <Link {...paths.caseFile(file.id, { tab: 'step', step: document.step })}>
                {t('void.remake')}
              </Link>
            </>
          }
        />
      )}
      <CorrectionBand file={file} document={document} />
      <div className="document-body">
        <section className="document-paper" aria-label={t('paper')}>
          {document.pdf ? (
            <PdfView source={pdf} label={document.name} />
          ) : (
            <DocumentData document={document} />
          )}
        </section>
        <aside className="document-side" data-waits={goesOn({ file, document })}>
          <Next file={file} document={document} />
          <ApprovalChain document={document} />
          <SignaturePanel file={file} document={document} />
          <SealPanel caseId={file.id} document={document} />
          <ServicePanel file={file} document={document} />
          <Archived caseId={file.id} document={document} pdf={pdf} />
          {(document.state === 'issued' || document.state === 'served') && document.pdf === undefined && (
            <Rendering caseId={file.id} documentId={document.id} />
          )}
        </aside>
      </div>
    </div>
  )
}

/** While its step goes on, what is to be done stands before the paper on a phone. */
const goesOn = ({ file, document }: Props): boolean =>
  document.state !== 'voided' && file.evaluation.steps.find((s) => s.id === document.step)?.status !== 'done'

/** A paper that reached the party is no end: its step goes on. */
function Next({ file, document }: Props) {
  const { t } = useTranslation('document')
  if (document.state !== 'served' || !goesOn({ file, document })) return null
  return (
    <section className="panel">
      <h2>{t('nextStep')}</h2>
      <p className="faint">{t('nextStepText')}</p>
      <Link {...paths.caseFile(file.id, { tab: 'step', step: document.step })}>{t('nextStepGo')}</Link>
    </section>
  )
}

type ArchivedProps = Readonly<{ caseId: string; document: DocumentView; pdf: string }>

/** The archival PDF to print and to take along, and by what it is known; a copy for editing elsewhere. */
function Archived({ caseId, document, pdf }: ArchivedProps) {
  const { t } = useTranslation('document')
  if (document.pdf === undefined) return null
  return (
    <section className="panel">
      <h2>{t('archived')}</h2>
      <p className="faint">{t('archivedPages', { n: document.pdf.pages })}</p>
      <div className="archived-actions">
        <Button type="primary" ghost href={pdf} target="_blank" icon={<PrinterOutlined />}>
          {t('print')}
        </Button>
        <Button href={pdf} download={`${document.number ?? document.name}.pdf`} icon={<DownloadOutlined />}>
          {t('download')}
        </Button>
        <Button
          href={urlOf(documentDocx, { params: { id: caseId, documentId: document.id } })}
          icon={<FileWordOutlined />}
        >
          {t('copyInWord')}
        </Button>
        <Button
          href={urlOf(documentOfd, { params: { id: caseId, documentId: document.id } })}
          icon={<FileTextOutlined />}
        >
          {t('copyInOfd')}
        </Button>
        {document.labels !== undefined && (
          <Button
            href={urlOf(documentLabels, { params: { id: caseId, documentId: document.id } })}
            target="_blank"
            icon={<QrcodeOutlined />}
          >
            {t('labels', { n: document.labels })}
          </Button>
        )}
      </div>
      <p className="faint">{t('copyNote')}</p>
      <p className="mono hash">SHA-256 {document.pdf.sha256}</p>
    </section>
  )
}
