import { useState } from 'react'
import { Alert, Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { isForPublic } from '../document/for-public.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { useCan } from '../session/use-can.ts'
import { chinaMinute } from '../time/china.ts'
import { PublishDialog } from './PublishDialog.tsx'
import { WithdrawDialog } from './WithdrawDialog.tsx'

/** Whether the decision is public: published from its reviewed summary, taken back with a reason. */
export function DisclosureCard({ file }: Readonly<{ file: CaseWorkspace }>) {
  const { t } = useTranslation('file')
  const can = useCan(file)
  const definitions = useDefinitions()
  const [open, setOpen] = useState<'publish' | 'withdraw' | undefined>()
  const summaries = file.documents
    .filter((d) => isForPublic(definitions.get(d.type)) && d.state === 'issued')
    .toSorted((a, b) => b.submittedAt.localeCompare(a.submittedAt))
  const isPublic = file.disclosure !== undefined
  const nothingToPublish = !isPublic && summaries.length === 0 ? t('noSummary') : undefined
  const why = isPublic ? can.withdraw : (can.publish ?? nothingToPublish)
  const { disclosure } = file
  const outdated =
    disclosure &&
    file.documents.find((d) => d.corrected !== undefined && d.corrected.at > disclosure.publishedAt)
  const close = (): void => setOpen(undefined)
  return (
    <section className="panel">
      <h2>{t('disclosure')}</h2>
      {file.disclosure ? (
        <p>
          {t(file.disclosure.channel === 'province' ? 'publishedAtProvince' : 'publishedAt', {
            at: chinaMinute(file.disclosure.publishedAt),
          })}
        </p>
      ) : (
        <p className="faint">{t('notPublished')}</p>
      )}
      {outdated && <Alert type="warning" showIcon title={t('correctedSince', { name: outdated.name })} />}
      <Tooltip title={why}>
        <Button
          danger={isPublic && why === undefined}
          disabled={why !== undefined}
          onClick={() => setOpen(isPublic ? 'withdraw' : 'publish')}
        >
          {t(isPublic ? 'withdraw' : 'publish')}
        </Button>
      </Tooltip>
      {open === 'publish' && <PublishDialog file={file} summaries={summaries} onClose={close} />}
      {open === 'withdraw' && <WithdrawDialog caseId={file.id} onClose={close} />}
    </section>
  )
}
