import { useState } from 'react'
import { DownloadOutlined, ExportOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Progress, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { downloadPackage, exportPackage } from '@liuhen/api/routes/case-file'
import { getCase } from '@liuhen/api/routes/cases'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { urlOf } from '../api/client.ts'
import { useRoute } from '../api/use-route.ts'
import { sizeOf } from '../recording/size.ts'
import { useRoleGate } from '../session/use-role-gate.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { chinaMinute } from '../time/china.ts'
import { ExportDialog } from './ExportDialog.tsx'

/** Packages that prove themselves: who got one, for what, and the file itself. */
export function PackagesCard({ file }: Readonly<{ file: CaseWorkspace }>) {
  const { t } = useTranslation('file')
  const gate = useRoleGate(exportPackage)
  const [open, setOpen] = useState(false)
  const making = file.packages.some((p) => p.state === 'making')
  useRoute(getCase, { params: { id: file.id } }, { every: making ? 2_000 : false })
  return (
    <section className="panel">
      <div className="need-line">
        <h2>{t('packages')}</h2>
        <span className="file-actions">
          <Link to="/verify">{t('verifyHere')}</Link>
          <Tooltip title={gate}>
            <Button icon={<ExportOutlined />} disabled={gate !== undefined} onClick={() => setOpen(true)}>
              {t('export')}
            </Button>
          </Tooltip>
        </span>
      </div>
      {file.packages.length === 0 && <Nothing title={t('noPackages')} hint={t('noPackagesHint')} />}
      <ul className="package-list">
        {file.packages.map((p) => (
          <li key={p.id}>
            <div>
              <strong>{p.recipient}</strong>
              <p className="faint">
                {p.purpose} · {chinaMinute(p.at)}
                {p.sizeBytes !== undefined && ` · ${sizeOf(p.sizeBytes)}`}
              </p>
              {p.sha256 !== undefined && <p className="mono hash">SHA-256 {p.sha256}</p>}
            </div>
            {p.state === 'making' && (
              <Progress
                percent={100}
                status="active"
                showInfo={false}
                size="small"
                aria-label={t('making')}
                className="making"
              />
            )}
            {p.state === 'making' && <span className="faint">{t('making')}</span>}
            {p.state === 'failed' && <span className="doc-chip doc-chip-returned">{t('failed')}</span>}
            {p.state === 'ready' && (
              <Button
                icon={<DownloadOutlined />}
                href={urlOf(downloadPackage, { params: { id: file.id, packageId: p.id } })}
                download
              >
                {t('download')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open && <ExportDialog caseId={file.id} onClose={() => setOpen(false)} />}
    </section>
  )
}
