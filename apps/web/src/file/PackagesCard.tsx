import { useState } from 'react'
import { ExportOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { getCase } from '@liuhen/api/routes/cases'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { useRoute } from '../api/use-route.ts'
import { useCan } from '../session/use-can.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { AUDIENCES, ExportDialog } from './ExportDialog.tsx'
import { PackageItem } from './PackageItem.tsx'

/** Packages that prove themselves: who got one, for what, and the file itself. */
export function PackagesCard({ file }: Readonly<{ file: CaseWorkspace }>) {
  const { t } = useTranslation('file')
  const can = useCan(file)
  const audiences = AUDIENCES.filter((audience) => can.exportFor(audience) === undefined)
  const gate = audiences.length > 0 ? undefined : can.exportFor('party')
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
        {file.packages.map((item) => (
          <PackageItem
            key={item.id}
            caseId={file.id}
            item={item}
            why={can.exportFor(item.audience ?? 'whole')}
          />
        ))}
      </ul>
      {open && <ExportDialog caseId={file.id} audiences={audiences} onClose={() => setOpen(false)} />}
    </section>
  )
}
