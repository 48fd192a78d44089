import { useState } from 'react'
import { LeftOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import { getCase } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { documentPdf, previewDocument } from '@liuhen/api/routes/documents'
import type { myApprovals } from '@liuhen/api/routes/approvals'
import { useQuery } from '@tanstack/react-query'
import { callBytes, urlOf } from '../api/client.ts'
import { useRoute } from '../api/use-route.ts'
import { ApprovalChain } from '../document/ApprovalChain.tsx'
import { DocumentData } from '../document/DocumentData.tsx'
import { paths } from '../paths.ts'
import { PdfView } from '../pdf/PdfView.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { OpinionBox } from './OpinionBox.tsx'
import '../document/document.css'

type Item = ResponseOf<typeof myApprovals>['items'][number]
type Props = Readonly<{ item: Item; onBack: (() => void) | undefined; onDone: () => void }>

/** The paper to decide on, its case one click away, the opinion beside. */
export function ApprovalDesk({ item, onBack, onDone }: Props) {
  const { t } = useTranslation('approval')
  const { t: w } = useTranslation('words')
  const [view, setView] = useState<'paper' | 'data'>('paper')
  const file = useRoute(getCase, { params: { id: item.caseId } })
  const document = file.data?.documents.find((d) => d.id === item.documentId)
  return (
    <section className="approval-desk" aria-label={item.name}>
      <header className="approval-head">
        {onBack && <Button type="text" icon={<LeftOutlined />} aria-label={t('back')} onClick={onBack} />}
        <div>
          <h2>{item.name}</h2>
          <Link {...paths.caseFile(item.caseId, { tab: 'step' })}>{item.caseTitle}</Link>{' '}
          <span className="faint mono">{item.caseNo}</span>
        </div>
        <Segmented
          aria-label={w('view')}
          value={view}
          options={[
            { value: 'paper', label: t('paper') },
            { value: 'data', label: t('data') },
          ]}
          onChange={setView}
        />
      </header>
      {file.isPending && <Waiting rows={10} />}
      {file.error && <ProblemView error={file.error} route={getCase} />}
      {document && (
        <div className="approval-split">
          <div className="approval-paper">
            {view === 'paper' ? (
              <PaperOf caseId={item.caseId} document={document} />
            ) : (
              <DocumentData document={document} plain />
            )}
          </div>
          <div className="document-side">
            <OpinionBox item={item} onDone={onDone} />
            <ApprovalChain document={document} deciding />
          </div>
        </div>
      )}
    </section>
  )
}

/** The archived paper; before there is one, the paper as it would be printed. */
function PaperOf({ caseId, document }: Readonly<{ caseId: string; document: DocumentView }>) {
  const preview = useQuery({
    queryKey: ['preview-submitted', document.id, document.version],
    queryFn: async ({ signal }) =>
      await callBytes(
        previewDocument,
        { params: { id: caseId, type: document.type }, body: { step: document.step, data: document.data } },
        { signal },
      ),
    enabled: document.pdf === undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (document.pdf)
    return (
      <PdfView
        source={urlOf(documentPdf, { params: { id: caseId, documentId: document.id } })}
        label={document.name}
      />
    )
  if (preview.data) return <PdfView source={preview.data} label={document.name} />
  if (preview.error) return <DocumentData document={document} />
  return <Waiting rows={12} />
}
