import { useState } from 'react'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { useCan } from '../session/use-can.ts'
import { FileActionDialog } from './FileActionDialog.tsx'

/** Assembles the file, and hands it to the archive. */
export function FileActions({ file, assembled }: Readonly<{ file: CaseWorkspace; assembled: boolean }>) {
  const { t } = useTranslation('file')
  const can = useCan(file)
  const [act, setAct] = useState<'assemble' | 'archive' | undefined>()
  if (file.status === 'archived') return null
  return (
    <div className="file-actions">
      <Tooltip title={can.assemble}>
        <Button disabled={can.assemble !== undefined} onClick={() => setAct('assemble')}>
          {t(assembled ? 'assembleAgain' : 'assemble')}
        </Button>
      </Tooltip>
      <Tooltip title={can.archive}>
        <Button type="primary" disabled={can.archive !== undefined} onClick={() => setAct('archive')}>
          {t('archive')}
        </Button>
      </Tooltip>
      {act && <FileActionDialog caseId={file.id} act={act} onClose={() => setAct(undefined)} />}
    </div>
  )
}
