import { DiffOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { paths } from '../paths.ts'

/** There is another version of a paper where it was submitted again, or made anew after one was voided. */
export function VersionsLink({ file, document }: Readonly<{ file: CaseWorkspace; document: DocumentView }>) {
  const { t } = useTranslation('compare')
  const navigate = useNavigate()
  if (!document.hasVersions) return null
  return (
    <Button icon={<DiffOutlined />} onClick={() => void navigate(paths.versions(file.id, document.id))}>
      {t('versions.open')}
    </Button>
  )
}
