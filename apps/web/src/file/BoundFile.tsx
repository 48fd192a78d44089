import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { boundFile, type getFile } from '@liuhen/api/routes/case-file'
import type { ResponseOf } from '@liuhen/api/route'
import { urlOf } from '../api/client.ts'

type Props = Readonly<{ caseId: string; index: ResponseOf<typeof getFile> }>

/** The papers of the file in one PDF: as issued, in the order of the index, to read and to print. */
export function BoundFile({ caseId, index }: Props) {
  const { t } = useTranslation('file')
  const papers = index.items.filter((item) => item.documentId !== undefined)
  if (papers.length === 0) return null
  const hasBoth = new Set(papers.map((item) => item.audience)).size > 1
  const volumes = hasBoth ? (['whole', 'main', 'sub'] as const) : (['whole'] as const)
  return (
    <div className="bound-file">
      {volumes.map((volume) => (
        <Button
          key={volume}
          size="small"
          target="_blank"
          href={urlOf(boundFile, { params: { id: caseId }, query: { volume } })}
          icon={<PrinterOutlined aria-hidden />}
        >
          {t(`bound.${volume}`)}
        </Button>
      ))}
      <p className="explain">{t('bound.note')}</p>
    </div>
  )
}
