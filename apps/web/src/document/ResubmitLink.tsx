import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { paths } from '../paths.ts'

/** A returned paper is written again as a new version; a served or issued one is never changed. */
export function ResubmitLink({ file, document }: Readonly<{ file: CaseWorkspace; document: DocumentView }>) {
  const { t } = useTranslation('document')
  const navigate = useNavigate()
  if (!document.can.resubmit) return null
  const place = { step: document.step, documentId: document.id, about: document.about }
  return (
    <Button type="primary" onClick={() => void navigate(paths.form(file.id, document.type, place))}>
      {t('resubmit')}
    </Button>
  )
}
