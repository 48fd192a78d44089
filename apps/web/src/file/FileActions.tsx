import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { archiveCase, assembleFile } from '@liuhen/api/routes/case-file'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { useCommand } from '../api/use-command.ts'
import { useCan } from '../session/use-can.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useConfirm } from '../shell/use-confirm.ts'

/** Assembles the file, and hands it to the archive. */
export function FileActions({ file, assembled }: Readonly<{ file: CaseWorkspace; assembled: boolean }>) {
  const { t } = useTranslation('file')
  const confirm = useConfirm()
  const can = useCan(file)
  const assemble = useCommand(assembleFile, { done: t('assembled') })
  const archive = useCommand(archiveCase, { done: t('archived') })
  const archiveWhy = can.archive ?? (assembled ? undefined : t('assembleFirst'))
  const onArchive = async (): Promise<void> => {
    if (await confirm({ title: t('sureArchive'), text: t('sureArchiveText'), ok: t('archive') }))
      archive.mutate({ params: { id: file.id }, body: {} })
  }
  if (file.status === 'archived') return null
  return (
    <div className="file-actions">
      <Tooltip title={can.assemble}>
        <Button
          disabled={can.assemble !== undefined}
          loading={assemble.isPending}
          onClick={() => assemble.mutate({ params: { id: file.id }, body: {} })}
        >
          {t(assembled ? 'assembleAgain' : 'assemble')}
        </Button>
      </Tooltip>
      <Tooltip title={archiveWhy}>
        <Button
          type="primary"
          disabled={archiveWhy !== undefined}
          loading={archive.isPending}
          onClick={() => void onArchive()}
        >
          {t('archive')}
        </Button>
      </Tooltip>
      {assemble.error && <ProblemView error={assemble.error} route={assembleFile} compact />}
      {archive.error && <ProblemView error={archive.error} route={archiveCase} compact />}
    </div>
  )
}
