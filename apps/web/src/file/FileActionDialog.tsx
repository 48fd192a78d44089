import { useTranslation } from 'react-i18next'
import { archiveCase, assembleFile } from '@liuhen/api/routes/case-file'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'

type Props = Readonly<{ caseId: string; act: 'assemble' | 'archive'; onClose: () => void }>
const ROUTES = { assemble: assembleFile, archive: archiveCase } as const

/** What the act means, asked before it is done. */
export function FileActionDialog({ caseId, act, onClose }: Props) {
  const { t } = useTranslation('file')
  const run = useCommand(ROUTES[act], { done: t(`${act}Done`), onDone: onClose })
  return (
    <FormDialog<{ reason?: string }>
      title={t(`${act}Sure`)}
      ok={t(act)}
      note={t(`${act}Note`)}
      route={ROUTES[act]}
      sending={run}
      onSend={(body) => run.mutate({ params: { id: caseId }, body })}
      onClose={onClose}
    />
  )
}
