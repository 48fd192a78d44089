import { DownloadOutlined, RedoOutlined } from '@ant-design/icons'
import { Button, Progress, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { downloadPackage, remakePackage } from '@liuhen/api/routes/case-file'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { urlOf } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { sizeOf } from '../recording/size.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { chinaMinute } from '../time/china.ts'

type Package = CaseWorkspace['packages'][number]
type Props = Readonly<{
  caseId: string
  item: Package
  /** Why it may not be fetched or made again. */
  why: string | undefined
}>

/** One export: for whom and for what, and the file, or how far its making is, or why it failed. */
export function PackageItem({ caseId, item, why }: Props) {
  const { t } = useTranslation('file')
  const details = [
    item.audience && t(`audiences.${item.audience}`),
    item.purpose,
    chinaMinute(item.at),
    item.sizeBytes !== undefined && sizeOf(item.sizeBytes),
  ]
  return (
    <li>
      <div>
        <strong>{item.recipient}</strong>
        <p className="faint">{details.filter(Boolean).join(' · ')}</p>
        {item.sha256 !== undefined && <p className="mono hash">SHA-256 {item.sha256}</p>}
      </div>
      {item.state === 'making' && <Making />}
      {item.state === 'failed' && <Failed caseId={caseId} item={item} why={why} />}
      {item.state === 'destroyed' && <span className="faint">{t('destroyed')}</span>}
      {item.state === 'ready' && (
        <Tooltip title={why}>
          <Button
            icon={<DownloadOutlined />}
            disabled={why !== undefined}
            {...(why === undefined
              ? {
                  href: urlOf(downloadPackage, { params: { id: caseId, packageId: item.id } }),
                  download: true,
                }
              : {})}
          >
            {t('download')}
          </Button>
        </Tooltip>
      )}
    </li>
  )
}

function Making() {
  const { t } = useTranslation('file')
  return (
    <span className="package-making">
      <Progress
        percent={100}
        status="active"
        showInfo={false}
        size="small"
        aria-label={t('making')}
        className="making"
      />
      <span className="faint">{t('making')}</span>
    </span>
  )
}

function Failed({ caseId, item, why }: Props) {
  const { t } = useTranslation('file')
  const again = useCommand(remakePackage, { done: t('remade') })
  return (
    <div className="package-failed">
      <div>
        <span className="doc-chip doc-chip-returned">{t('failed')}</span>
        <p>{item.problem?.message ?? t('failedPlain')}</p>
        {item.problem && <p className="faint">{item.problem.todo}</p>}
        {again.error && <ProblemView error={again.error} route={remakePackage} compact />}
      </div>
      <Tooltip title={why}>
        <Button
          icon={<RedoOutlined />}
          disabled={why !== undefined}
          loading={again.isPending}
          onClick={() => again.mutate({ params: { id: caseId, packageId: item.id } })}
        >
          {t('remake')}
        </Button>
      </Tooltip>
    </div>
  )
}
